package dev.keyturn.commands;

import java.time.Instant;
import java.util.UUID;

/** The person gives up. */
public record CancelChallenge(
        UUID commandId, UUID ownerId, UUID accountId, Instant at, UUID challengeId)
        implements ChallengeCommand {}
