@NullMarked
package dev.keyturn.home.documents;

import org.jspecify.annotations.NullMarked;
