package dev.keyturn.local.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One login of the user at one site. */
public record Account(
        UUID id,
        String connector,
        @Nullable String connectorName,
        String label,
        String status,
        @Nullable Instant since,
        @Nullable String credentials,
        @Nullable Paused paused,
        @Nullable Erased erased,
        @Nullable Run run) {

    /** Nobody asked for its erasure. */
    public boolean kept() {
        return erased == null;
    }

    /** Why nothing is done for it. */
    public record Paused(@Nullable String why) {}

    /**
     * How far its erasure is.
     *
     * @param until when the last sealed copy of its credentials is gone
     */
    public record Erased(String state, @Nullable Instant until) {}
}
