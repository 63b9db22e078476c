package dev.keyturn.events;

import dev.keyturn.values.Prompt;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person is asked; written once the challenge is open. {@code sealTo} is the signed public key to
 * seal the code to ({@link dev.keyturn.seal.SealTo}), absent for an approval; {@code retryOf} names
 * the challenge whose code was refused; {@code extendableTo} is the latest instant to which the
 * deadline can be moved.
 */
public record TwoFaRequested(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        UUID runId,
        long epoch,
        Instant at,
        UUID challengeId,
        int attempt,
        @Nullable UUID retryOf,
        int round,
        Prompt prompt,
        Instant deadline,
        @Nullable Instant extendableTo,
        @Nullable String sealTo)
        implements WorkerFact {}
