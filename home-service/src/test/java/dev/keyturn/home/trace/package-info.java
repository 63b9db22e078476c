@NullMarked
package dev.keyturn.home.trace;

import org.jspecify.annotations.NullMarked;
