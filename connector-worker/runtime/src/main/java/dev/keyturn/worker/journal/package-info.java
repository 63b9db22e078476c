/** What a run has done and how it goes on from there. Pure. */
@NullMarked
package dev.keyturn.worker.journal;

import org.jspecify.annotations.NullMarked;
