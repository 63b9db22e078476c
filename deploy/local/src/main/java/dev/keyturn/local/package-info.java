/** The launcher: {@code ./keyturn}. */
@NullMarked
package dev.keyturn.local;

import org.jspecify.annotations.NullMarked;
