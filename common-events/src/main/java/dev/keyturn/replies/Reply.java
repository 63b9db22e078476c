package dev.keyturn.replies;

import dev.keyturn.wire.Message;
import java.util.UUID;

/**
 * What is answered over {@code twofa.replies.v1}. A wake-up, not the truth: asking again gives the
 * same answer.
 */
public sealed interface Reply extends Message permits WorkerReply, VerdictGiven {

    /** The id of this reply. */
    UUID replyId();

    /** The challenge; the key of the record. */
    UUID challengeId();

    @Override
    default UUID messageId() {
        return replyId();
    }

    @Override
    default String key() {
        return challengeId().toString();
    }
}
