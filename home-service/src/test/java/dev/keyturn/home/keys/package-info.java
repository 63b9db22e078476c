@NullMarked
package dev.keyturn.home.keys;

import org.jspecify.annotations.NullMarked;
