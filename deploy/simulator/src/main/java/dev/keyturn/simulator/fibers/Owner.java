package dev.keyturn.simulator.fibers;

/** Whose threads they are. */
public interface Owner {

    /** Whether it lives. One that does not runs no more. */
    boolean isAlive();

    /** Until when it stands still; a time that has passed if it does not. */
    long stoppedUntil();

    /** For messages. */
    String name();
}
