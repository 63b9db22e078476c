package dev.keyturn.commands;

import dev.keyturn.values.Prompt;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ask the person. Idempotent: a worker repeats it to ask again for the answer. Carries the reply
 * address in its headers.
 */
public record OpenChallenge(
        UUID commandId,
        UUID ownerId,
        UUID accountId,
        Instant at,
        UUID runId,
        long epoch,
        UUID challengeId,
        int attempt,
        @Nullable UUID retryOf,
        int round,
        Prompt prompt,
        Instant deadline,
        @Nullable Instant extendableTo,
        @Nullable String sealTo)
        implements ChallengeCommand {}
