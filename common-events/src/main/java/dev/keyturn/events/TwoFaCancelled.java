package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/** The person gave up. */
public record TwoFaCancelled(
        UUID eventId, UUID ownerId, UUID accountId, UUID runId, Instant at, UUID challengeId)
        implements ChallengeFact {}
