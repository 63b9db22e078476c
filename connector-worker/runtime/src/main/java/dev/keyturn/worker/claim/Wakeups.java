package dev.keyturn.worker.claim;

/**
 * Rings when any worker, or the inbox, says that there may be something to do. Only saves time: who
 * is rung looks by himself every second too.
 */
public interface Wakeups {

    /** A bell that rings with each notice. */
    Doorbell bell();

    /** Rings here. */
    void ringAll();
}
