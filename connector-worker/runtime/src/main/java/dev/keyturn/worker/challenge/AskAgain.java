package dev.keyturn.worker.challenge;

import java.time.Duration;
import java.time.Instant;

/**
 * When a worker that waits asks again: from 5 s after the deadline every 30 s. It never gives up by
 * itself.
 *
 * @param at when the next time is
 */
public record AskAgain(Instant at) {

    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofSeconds(30);

    /** The first time, for a deadline. */
    public static AskAgain after(Instant deadline) {
        return new AskAgain(deadline.plus(AFTER_DEADLINE));
    }

    /** Whether it is time. */
    public boolean isDue(Instant now) {
        return !now.isBefore(at);
    }

    /** The next time, when it was asked at {@code now}. */
    public AskAgain asked(Instant now, Instant deadline) {
        Instant first = deadline.plus(AFTER_DEADLINE);
        Instant next = now.plus(BETWEEN);
        return new AskAgain(now.isBefore(first) ? first : next);
    }

    /** How long to wait for a reply, looking up at least every {@code longest}. */
    public Duration pause(Instant now, Duration longest) {
        Duration until = Duration.between(now, at);
        if (until.isNegative()) {
            return Duration.ZERO;
        }
        return until.compareTo(longest) < 0 ? until : longest;
    }
}
