/** The right of one process to run its runs. */
@NullMarked
package dev.keyturn.worker.lease;

import org.jspecify.annotations.NullMarked;
