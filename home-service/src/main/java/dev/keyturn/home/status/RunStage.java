package dev.keyturn.home.status;

/** How far a run has come; it never goes back. */
public enum RunStage {
    QUEUED,
    CONNECTING,
    SIGNED_IN,
    FETCHING
}
