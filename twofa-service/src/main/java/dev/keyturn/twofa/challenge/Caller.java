package dev.keyturn.twofa.challenge;

import dev.keyturn.wire.ReplyAddress;
import org.jspecify.annotations.Nullable;

/**
 * The worker that waits for the answer.
 *
 * @param epoch of the run's claim that asked last; a lower one is a zombie's
 * @param partition of the reply topic at which it waits; absent if it named none
 */
public record Caller(long epoch, @Nullable Integer partition) {

    /** Who asks now: a repeat that names no address keeps the one that is known. */
    Caller or(long newer, @Nullable ReplyAddress replyTo) {
        return new Caller(newer, replyTo == null ? partition : (Integer) replyTo.partition());
    }

    /**
     * Where it waits. The correlation id is the challenge's, so that a repeat never names a waiter
     * that is gone.
     */
    @Nullable ReplyAddress address(Subject subject) {
        return partition == null
                ? null
                : new ReplyAddress(partition, subject.challengeId().toString());
    }
}
