package dev.keyturn.replies;

import java.time.Instant;
import java.util.UUID;

/** The challenge has ended without a code: nobody answered in time. */
public record Expired(UUID replyId, UUID challengeId, Instant at) implements WorkerReply {}
