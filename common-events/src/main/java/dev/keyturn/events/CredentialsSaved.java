package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/**
 * The workers hold these credentials; {@code sha256} is of the sealed text as it was sent,
 * lower-case hex.
 */
public record CredentialsSaved(
        UUID eventId, UUID ownerId, UUID accountId, Instant at, long version, String sha256)
        implements AccountFact {}
