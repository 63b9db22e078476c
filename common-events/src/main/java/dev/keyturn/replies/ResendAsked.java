package dev.keyturn.replies;

import java.time.Instant;
import java.util.UUID;

/** Make the site send again; the answer is the next round. */
public record ResendAsked(UUID replyId, UUID challengeId, Instant at, int round)
        implements WorkerReply {}
