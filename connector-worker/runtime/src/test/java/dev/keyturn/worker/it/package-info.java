/** The worker against a real broker and a real database. */
@NullMarked
package dev.keyturn.worker.it;

import org.jspecify.annotations.NullMarked;
