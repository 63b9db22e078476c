package dev.keyturn.replies;

import dev.keyturn.values.FactorType;
import java.time.Instant;
import java.util.UUID;

/** Make the site take another method; the answer is the next round. */
public record MethodChosen(UUID replyId, UUID challengeId, Instant at, int round, FactorType method)
        implements WorkerReply {}
