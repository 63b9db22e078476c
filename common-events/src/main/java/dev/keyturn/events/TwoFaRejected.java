package dev.keyturn.events;

import dev.keyturn.values.RejectedBy;
import dev.keyturn.values.RejectedWhy;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A code that was delivered was refused. The next attempt follows, or the run ends. */
public record TwoFaRejected(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        UUID runId,
        long epoch,
        Instant at,
        UUID challengeId,
        int attempt,
        RejectedBy by,
        RejectedWhy why,
        @Nullable String words)
        implements WorkerFact {}
