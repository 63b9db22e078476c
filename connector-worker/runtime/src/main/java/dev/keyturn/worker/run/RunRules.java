package dev.keyturn.worker.run;

import dev.keyturn.values.Reason;
import java.time.Instant;
import java.util.Optional;

/** When a run ends without its connector saying so. */
public final class RunRules {

    /** What a cancel does. */
    public enum OnCancel {
        /** Whoever reads the cancel ends the run. */
        END_NOW,
        /** The run's holder ends it. */
        TELL_HOLDER,
        /** It is over already. */
        NOTHING
    }

    /** A run that has killed so many holders in one place is not given to another. */
    public static final int MOST_LOSSES = 3;

    private RunRules() {}

    /** What a cancel does to a run that stands so. */
    public static OnCancel onCancel(Standing standing) {
        return switch (standing) {
            case Standing.Queued _, Standing.Adoptable _ -> OnCancel.END_NOW;
            case Standing.Claimed _ -> OnCancel.TELL_HOLDER;
            case Standing.Ended _ -> OnCancel.NOTHING;
        };
    }

    /**
     * With which reason a run ends that its holder holds no more; empty if another may go on with
     * it.
     *
     * @param died whether the holder died, or gave it back
     */
    public static Optional<Reason> onLoss(Standing.Claimed lost, boolean died) {
        if (lost.cancelAsked()) {
            return Optional.of(Reason.CANCELLED);
        }
        boolean isFatal = lost.unsafe() || lossesAfter(lost, died) >= MOST_LOSSES;
        return isFatal ? Optional.of(Reason.INTERRUPTED) : Optional.empty();
    }

    /** How many losses are counted then: a run that waits has killed nobody. */
    public static int lossesAfter(Standing.Claimed lost, boolean died) {
        return died && !lost.waiting() ? lost.losses() + 1 : lost.losses();
    }

    /**
     * With which reason any worker ends the run now; empty if it goes on.
     *
     * @param holderIsGone whether the lease of its holder is over
     */
    public static Optional<Reason> due(Run run, boolean holderIsGone, Instant now) {
        return switch (run.standing()) {
            case Standing.Queued _ ->
                    now.isBefore(run.notAfter())
                            ? Optional.empty()
                            : Optional.of(Reason.NOT_STARTED);
            case Standing.Claimed claimed when holderIsGone && onLoss(claimed, true).isPresent() ->
                    onLoss(claimed, true);
            case Standing.Claimed claimed -> tooLong(claimed.endsAt(), now);
            case Standing.Adoptable adoptable -> tooLong(adoptable.endsAt(), now);
            case Standing.Ended _ -> Optional.empty();
        };
    }

    private static Optional<Reason> tooLong(Instant endsAt, Instant now) {
        return now.isBefore(endsAt) ? Optional.empty() : Optional.of(Reason.INTERRUPTED);
    }

    /**
     * The epoch of an end that is not written by the run's holder: as after a claim, so that the
     * holder's next write finds another.
     */
    public static long epochOfForeignEnd(Standing standing) {
        return switch (standing) {
            case Standing.Queued queued -> queued.epoch();
            case Standing.Claimed claimed -> claimed.epoch() + 1;
            case Standing.Adoptable adoptable -> adoptable.epoch() + 1;
            case Standing.Ended ended -> ended.epoch();
        };
    }
}
