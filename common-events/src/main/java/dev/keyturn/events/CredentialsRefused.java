package dev.keyturn.events;

import dev.keyturn.values.CredentialsRefusal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** These credentials were not taken; {@code field} names the field at fault, if it is one. */
public record CredentialsRefused(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        Instant at,
        long version,
        CredentialsRefusal why,
        @Nullable String field)
        implements AccountFact {}
