package dev.keyturn.events;

import dev.keyturn.values.Reason;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The run ended, not well. {@code correlationId} is what an operator finds the details by; {@code
 * until} is when the budget frees, for {@code ATTEMPTS_SPENT}.
 */
public record RunFailed(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        UUID runId,
        long epoch,
        Instant at,
        Reason reason,
        @Nullable String words,
        @Nullable String correlationId,
        @Nullable Instant until)
        implements WorkerFact {}
