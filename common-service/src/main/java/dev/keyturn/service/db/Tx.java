package dev.keyturn.service.db;

/** Statements of one transaction: all of them stand in the end, or none. */
public interface Tx extends Statements {

    /**
     * Tells who listens to the channel, when and if this commits. At most one per transaction (it
     * locks cluster-wide).
     */
    void notify(String channel, String payload);

    /** Does something once this has committed, on the same thread. */
    void onCommit(Runnable action);
}
