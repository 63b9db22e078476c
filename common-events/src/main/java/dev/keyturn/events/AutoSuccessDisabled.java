package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/** From now on success is not presumed: the connector will say it. */
public record AutoSuccessDisabled(
        UUID eventId, UUID ownerId, UUID accountId, UUID runId, long epoch, Instant at)
        implements WorkerFact {}
