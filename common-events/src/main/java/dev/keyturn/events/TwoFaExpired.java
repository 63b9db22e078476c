package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/** Nobody answered until the deadline. */
public record TwoFaExpired(
        UUID eventId, UUID ownerId, UUID accountId, UUID runId, Instant at, UUID challengeId)
        implements ChallengeFact {}
