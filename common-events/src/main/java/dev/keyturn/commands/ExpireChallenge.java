package dev.keyturn.commands;

import java.time.Instant;
import java.util.UUID;

/**
 * The deadline has passed; does nothing if it was moved meanwhile. Written by twofa-service itself,
 * so that it stands behind every code that came in time.
 */
public record ExpireChallenge(
        UUID commandId,
        UUID ownerId,
        UUID accountId,
        Instant at,
        UUID challengeId,
        Instant deadline)
        implements ChallengeCommand {}
