package dev.keyturn.commands;

import java.time.Instant;
import java.util.UUID;

/** Delete the kept session. */
public record ForgetSession(UUID commandId, UUID ownerId, UUID accountId, Instant at)
        implements RunCommand {}
