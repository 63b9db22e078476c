package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/** Another worker took over the run. */
public record RunAdopted(
        UUID eventId, UUID ownerId, UUID accountId, UUID runId, long epoch, Instant at)
        implements WorkerFact {}
