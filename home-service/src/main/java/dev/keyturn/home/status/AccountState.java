package dev.keyturn.home.status;

import org.jspecify.annotations.Nullable;

/** What an account looks like in the list of accounts. */
public enum AccountState {
    IDLE,
    QUEUED,
    CONNECTING,
    PRESUMED,
    WAITING,
    CHECKING,
    CONNECTED,
    FETCHING,
    FAILED,
    PAUSED;

    /** The state of an account whose latest run is in {@code run}; null if it never had one. */
    public static AccountState of(boolean paused, @Nullable RunState run) {
        if (paused) {
            return PAUSED;
        }
        return switch (run) {
            case null -> IDLE;
            case QUEUED -> QUEUED;
            case CONNECTING -> CONNECTING;
            case PRESUMED -> PRESUMED;
            case WAITING -> WAITING;
            case CHECKING -> CHECKING;
            case CONNECTED, DONE -> CONNECTED;
            case FETCHING -> FETCHING;
            case FAILED -> FAILED;
        };
    }
}
