package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/** The deadline was moved. */
public record TwoFaExtended(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        UUID runId,
        Instant at,
        UUID challengeId,
        Instant deadline)
        implements ChallengeFact {}
