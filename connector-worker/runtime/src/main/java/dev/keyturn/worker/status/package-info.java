/** What a worker says of itself. */
@NullMarked
package dev.keyturn.worker.status;

import org.jspecify.annotations.NullMarked;
