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
 * @param steadySince since when it is renewed without a pause that could be the database's
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
        return new Lease(
                period,
                sentAt,
                isFresh(answeredAt) ? steadySince : answeredAt,
                holds(answeredAt) ? gaps : gaps + 1);
    }

    /** Whether it is certainly held, so that a request to a site may begin. */
    public boolean holds(long now) {
        return renewedAt != null && now - renewedAt < period.toNanos();
    }

    /**
     * Whether it is renewed in good time for one whole period, so that others may be judged by
     * theirs. Half a period without a renewal may be the database's fault: another worker's lease
     * may then be over only because its renewal comes back a moment after ours.
     */
    public boolean isSteady(long now) {
        return isFresh(now) && now - steadySince >= period.toNanos();
    }

    private boolean isFresh(long now) {
        return renewedAt != null && now - renewedAt < period.toNanos() / 2;
    }
}
