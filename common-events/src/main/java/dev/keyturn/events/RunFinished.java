package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/** The run ended well. */
public record RunFinished(
        UUID eventId, UUID ownerId, UUID accountId, UUID runId, long epoch, Instant at)
        implements WorkerFact {}
