/** What a run, a challenge and an account look like, folded from the log. No I/O, no clock. */
@NullMarked
package dev.keyturn.home.status;

import org.jspecify.annotations.NullMarked;
