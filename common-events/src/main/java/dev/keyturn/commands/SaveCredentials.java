package dev.keyturn.commands;

import java.time.Instant;
import java.util.UUID;

/**
 * Keep these credentials. {@code sealed} is a {@code kt-credentials} JWE of all fields; {@code
 * version} is counted by home per account, from 1.
 */
public record SaveCredentials(
        UUID commandId,
        UUID ownerId,
        UUID accountId,
        Instant at,
        String connector,
        long version,
        String sealed)
        implements RunCommand {}
