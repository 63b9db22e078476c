package dev.keyturn.commands;

import java.time.Instant;
import java.util.UUID;

/** End the run with {@code CANCELLED}. */
public record CancelRun(UUID commandId, UUID ownerId, UUID accountId, Instant at, UUID runId)
        implements RunCommand {}
