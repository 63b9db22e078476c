package dev.keyturn.commands;

import java.time.Instant;
import java.util.UUID;

/**
 * A person gave this code. {@code at} is when home took it, by which it is judged; {@code sealed}
 * is a {@code kt-code} JWE.
 */
public record SubmitCode(
        UUID commandId,
        UUID ownerId,
        UUID accountId,
        Instant at,
        UUID challengeId,
        UUID submissionId,
        int round,
        String sealed)
        implements ChallengeCommand {}
