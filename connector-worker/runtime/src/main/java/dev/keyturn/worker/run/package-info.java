/** What a run is and when it ends. Pure: no I/O, no clock, no chance. */
@NullMarked
package dev.keyturn.worker.run;

import org.jspecify.annotations.NullMarked;
