/** Taking the next run from the queue. */
@NullMarked
package dev.keyturn.worker.claim;

import org.jspecify.annotations.NullMarked;
