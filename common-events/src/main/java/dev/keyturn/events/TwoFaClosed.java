package dev.keyturn.events;

import dev.keyturn.values.ChallengeOutcome;
import java.time.Instant;
import java.util.UUID;

/** The worker closed the challenge. */
public record TwoFaClosed(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        UUID runId,
        Instant at,
        UUID challengeId,
        ChallengeOutcome outcome)
        implements ChallengeFact {}
