package dev.keyturn.replies;

import java.time.Instant;
import java.util.UUID;

/** The challenge has ended without a code: the person gave up, or it was closed. */
public record Cancelled(UUID replyId, UUID challengeId, Instant at) implements WorkerReply {}
