package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/** The connector is signed in. */
public record LoginSucceeded(
        UUID eventId, UUID ownerId, UUID accountId, UUID runId, long epoch, Instant at)
        implements WorkerFact {}
