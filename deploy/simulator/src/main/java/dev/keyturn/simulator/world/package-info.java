/** What the services run on: processes that can die, a broker's log, faults, and the clocks. */
@NullMarked
package dev.keyturn.simulator.world;

import org.jspecify.annotations.NullMarked;
