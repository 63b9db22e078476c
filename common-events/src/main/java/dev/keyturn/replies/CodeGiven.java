package dev.keyturn.replies;

import java.time.Instant;
import java.util.UUID;

/** The answer: a code, sealed to the challenge. */
public record CodeGiven(
        UUID replyId, UUID challengeId, Instant at, UUID submissionId, int round, String sealed)
        implements WorkerReply {}
