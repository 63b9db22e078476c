/** The processes of one local stack: which there are, starting, stopping and looking at them. */
@NullMarked
package dev.keyturn.local.stack;

import org.jspecify.annotations.NullMarked;
