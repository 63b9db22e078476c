/** Threads of which one runs at a time, in an order that a seed chooses. */
@NullMarked
package dev.keyturn.simulator.fibers;

import org.jspecify.annotations.NullMarked;
