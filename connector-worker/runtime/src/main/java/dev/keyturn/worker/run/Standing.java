package dev.keyturn.worker.run;

import java.time.Instant;
import java.util.UUID;

/**
 * Where a run stands.
 *
 * <pre>
 * Queued ──claim──> Claimed ──end──> Ended
 *    └───────────────end──────────────┘
 * </pre>
 */
public sealed interface Standing {

    /** The number of the last claim; 0 if there was none. */
    long epoch();

    /** Waits for a free slot. */
    record Queued(long epoch) implements Standing {}

    /**
     * A worker has it.
     *
     * @param holder the worker's instance
     * @param endsAt when it has taken as long as it may
     * @param waiting whether it waits for a person
     * @param cancelAsked whether its holder was asked to end it
     */
    record Claimed(UUID holder, long epoch, Instant endsAt, boolean waiting, boolean cancelAsked)
            implements Standing {}

    /** It is over. */
    record Ended(long epoch) implements Standing {}
}
