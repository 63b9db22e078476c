/** The facts on the log. */
@NullMarked
package dev.keyturn.events;

import org.jspecify.annotations.NullMarked;
