package dev.keyturn.home.status;

/** What a run is doing, as people are told. */
public enum RunState {
    QUEUED,
    CONNECTING,
    /** Connecting for so long without an error that it looks connected; nobody has said so yet. */
    PRESUMED,
    WAITING,
    CHECKING,
    CONNECTED,
    FETCHING,
    DONE,
    FAILED;

    /** Whether nothing more is expected of the run. */
    public boolean ended() {
        return this == DONE || this == FAILED;
    }
}
