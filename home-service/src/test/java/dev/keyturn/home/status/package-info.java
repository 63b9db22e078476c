@NullMarked
package dev.keyturn.home.status;

import org.jspecify.annotations.NullMarked;
