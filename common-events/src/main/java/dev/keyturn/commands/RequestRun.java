package dev.keyturn.commands;

import dev.keyturn.values.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Run the connector for the account. {@code fresh} leaves the kept session aside; {@code longest}
 * is how long the run may take in all.
 */
public record RequestRun(
        UUID commandId,
        UUID ownerId,
        UUID accountId,
        Instant at,
        UUID runId,
        String connector,
        Trigger trigger,
        Instant notAfter,
        Duration longest,
        boolean fresh)
        implements RunCommand {}
