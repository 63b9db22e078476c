package dev.keyturn.worker.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a process knows of its own lease, by its monotonic clock. Counted from when the last renewal
 * that succeeded was sent: the database cannot have set it to end earlier than that plus the
 * period.
 *
 * @param period how long a renewal lasts
 * @param renewedAt when the last renewal that succeeded was sent, in nanoseconds; null before the
 *     first
 * @param steadySince since when it is held without a gap
 * @param gaps how often it was renewed after it had been over
 */
public record Lease(Duration period, @Nullable Long renewedAt, long steadySince, int gaps) {

    /** Not held yet. */
    public static Lease of(Duration period) {
        return new Lease(period, null, 0, 0);
    }

    /**
     * After a renewal that succeeded. It is a gap if the lease was over when the answer came, even
     * if it was sent in time: until then others could have ended it.
     */
    public Lease toRenewed(long sentAt, long answeredAt) {
        if (renewedAt == null) {
            return new Lease(period, sentAt, sentAt, gaps);
        }
        return holds(answeredAt)
                ? new Lease(period, sentAt, steadySince, gaps)
                : new Lease(period, sentAt, answeredAt, gaps + 1);
    }

    /** Whether it is certainly held, so that a request to a site may begin. */
    public boolean holds(long now) {
        return renewedAt != null && now - renewedAt < period.toNanos();
    }

    /** Whether it is held for one whole period, so that others may be judged by theirs. */
    public boolean isSteady(long now) {
        return holds(now) && now - steadySince >= period.toNanos();
    }
}
