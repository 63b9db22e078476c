package dev.keyturn.benchmark;

import java.util.List;

/**
 * One way to bring something from here to there and an answer back, to be timed again and again.
 */
interface Way {

    /** What the report calls it. */
    String name();

    /** Begins one; does not wait for it. */
    void begin();

    /** Waits until all that was begun has arrived, and says how long each took, in milliseconds. */
    List<Double> took();
}
