/**
 * Plays Keyturn on a simulated log, database and clock, in any order that a seed chooses, with
 * whatever may go wrong, and looks whether its invariants hold.
 */
@NullMarked
package dev.keyturn.simulator;

import org.jspecify.annotations.NullMarked;
