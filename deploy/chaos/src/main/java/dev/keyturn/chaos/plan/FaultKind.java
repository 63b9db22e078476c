package dev.keyturn.chaos.plan;

/** What can happen to a process. */
public enum FaultKind {
    KILLED("killed"),
    /** Stands still for longer than a lease, and goes on as if nothing had been. */
    FROZEN("stopped for longer than the lease"),
    /** What it sends to the broker does not arrive, nor the other way round. */
    CUT_FROM_BROKER("cut off from the broker"),
    CUT_FROM_DATABASE("cut off from the database"),
    ASKED_TO_STOP("asked to stop");

    private final String words;

    FaultKind(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    boolean needsRestart() {
        return this == KILLED || this == ASKED_TO_STOP;
    }
}
