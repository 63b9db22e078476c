package dev.keyturn.commands;

import java.time.Instant;
import java.util.UUID;

/** The person needs more time, until {@code deadline}. */
public record ExtendChallenge(
        UUID commandId,
        UUID ownerId,
        UUID accountId,
        Instant at,
        UUID challengeId,
        Instant deadline)
        implements ChallengeCommand {}
