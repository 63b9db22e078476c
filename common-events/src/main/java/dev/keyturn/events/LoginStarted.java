package dev.keyturn.events;

import dev.keyturn.values.Trigger;
import java.time.Instant;
import java.util.UUID;

/** A worker took the run and starts the connector for the first time. */
public record LoginStarted(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        UUID runId,
        long epoch,
        Instant at,
        String connector,
        Trigger trigger)
        implements WorkerFact {}
