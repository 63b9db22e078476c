package dev.keyturn.commands;

import java.time.Instant;
import java.util.UUID;

/** The person wants the site to send again. {@code round} is the one that the person saw. */
public record ResendCode(
        UUID commandId, UUID ownerId, UUID accountId, Instant at, UUID challengeId, int round)
        implements ChallengeCommand {}
