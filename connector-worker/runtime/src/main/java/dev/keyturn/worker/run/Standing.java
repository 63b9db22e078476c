package dev.keyturn.worker.run;

import java.time.Instant;
import java.util.UUID;

/**
 * Where a run stands.
 *
 * <pre>
 *                      ┌──────claim──────┐
 *                      v                 │
 * Queued ──claim──> Claimed ──loss──> Adoptable
 *    │                 │                 │
 *    └──end──> Ended <─┴───────end───────┘
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
     * @param losses how often a holder died while the connector worked, since a step was finished
     * @param unsafe whether something that may have changed the site was sent since then, outside
     *     of a step
     */
    record Claimed(
            UUID holder,
            long epoch,
            Instant endsAt,
            boolean waiting,
            boolean cancelAsked,
            int losses,
            boolean unsafe)
            implements Standing {}

    /**
     * Its holder is gone or gave it back; any worker may go on with it.
     *
     * @param waiting whether it waits for a person
     */
    record Adoptable(long epoch, Instant endsAt, boolean waiting) implements Standing {}

    /** It is over. */
    record Ended(long epoch) implements Standing {}
}
