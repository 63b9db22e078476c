package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/** This submission won: the connector gets its code. */
public record TwoFaAnswered(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        UUID runId,
        Instant at,
        UUID challengeId,
        UUID submissionId,
        int round)
        implements ChallengeFact {}
