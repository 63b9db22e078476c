package dev.keyturn.events;

import dev.keyturn.values.Reason;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The site did not let the connector in; {@link RunFailed} with the same reason follows. */
public record LoginFailed(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        UUID runId,
        long epoch,
        Instant at,
        Reason reason,
        @Nullable String words)
        implements WorkerFact {}
