package dev.keyturn.events;

import dev.keyturn.values.Trigger;
import java.time.Instant;
import java.util.UUID;

/** A run was asked for; it waits until a worker takes it, until {@code notAfter}. */
public record RunQueued(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        UUID runId,
        Instant at,
        String connector,
        Trigger trigger,
        Instant notAfter)
        implements RunFact {}
