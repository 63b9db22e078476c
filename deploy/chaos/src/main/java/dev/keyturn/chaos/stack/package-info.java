/** The processes under fire, and what stands between them. */
@NullMarked
package dev.keyturn.chaos.stack;

import org.jspecify.annotations.NullMarked;
