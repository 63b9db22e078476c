package dev.keyturn.replies;

import java.time.Instant;
import java.util.UUID;

/** The deadline has moved. */
public record Extended(UUID replyId, UUID challengeId, Instant at, Instant deadline)
        implements WorkerReply {}
