package dev.keyturn.home.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keyturn.home.status.RunState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run, as the API tells it.
 *
 * @param words the site's own, untrusted text
 * @param until when the account can be signed in to again, for {@code ATTEMPTS_SPENT}
 * @param challengeId the challenge that was asked last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
        UUID id,
        UUID accountId,
        String connector,
        String label,
        String trigger,
        RunState state,
        Instant since,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String reason,
        @Nullable String words,
        @Nullable Instant until,
        @Nullable String correlationId,
        int documents,
        @Nullable UUID challengeId,
        long version) {}
