package dev.keyturn.local.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One execution of a connector. */
public record Run(
        UUID id,
        UUID accountId,
        String connector,
        @Nullable String label,
        String trigger,
        String state,
        @Nullable Instant queuedAt,
        @Nullable Instant endedAt,
        @Nullable String reason,
        @Nullable String words,
        @Nullable Instant until,
        @Nullable String correlationId,
        int documents,
        @Nullable UUID challengeId) {

    public boolean ended() {
        return state.equals("DONE") || state.equals("FAILED");
    }
}
