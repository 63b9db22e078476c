package dev.keyturn.home.view;

import dev.keyturn.home.status.AccountState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account with its latest run, as the API tells it.
 *
 * @param refused why the credentials were not taken; absent if they were, or nobody said yet
 * @param paused why nothing runs; absent if it may
 * @param erased absent unless it was asked to be erased
 * @param run absent if it never had one
 */
public record AccountView(
        UUID id,
        String connector,
        String connectorName,
        String label,
        AccountState status,
        Instant since,
        Instant createdAt,
        long credentialsVersion,
        Credentials credentials,
        @Nullable Refused refused,
        @Nullable Paused paused,
        @Nullable Erased erased,
        @Nullable RunView run,
        long version) {

    /** Where the latest credentials are. */
    public enum Credentials {
        /** On the way to the workers. */
        SENDING,
        SAVED,
        REFUSED
    }

    /** Why credentials were not taken, and the field at fault if it is one. */
    public record Refused(String why, @Nullable String field) {}

    /** Why Home holds the account back. */
    public record Paused(String why) {}

    /**
     * How far erasing has come.
     *
     * @param until when the last sealed copy is gone from the broker; absent while erasing
     */
    public record Erased(State state, @Nullable Instant until) {

        /** Asked for, or answered by the workers. */
        public enum State {
            ERASING,
            ERASED
        }
    }
}
