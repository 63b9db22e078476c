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

    private RunRules() {}

    /** What a cancel does to a run that stands so. */
    public static OnCancel onCancel(Standing standing) {
        return switch (standing) {
            case Standing.Queued _ -> OnCancel.END_NOW;
            case Standing.Claimed _ -> OnCancel.TELL_HOLDER;
            case Standing.Ended _ -> OnCancel.NOTHING;
        };
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
            case Standing.Claimed claimed when holderIsGone ->
                    Optional.of(claimed.cancelAsked() ? Reason.CANCELLED : Reason.INTERRUPTED);
            case Standing.Claimed claimed ->
                    now.isBefore(claimed.endsAt())
                            ? Optional.empty()
                            : Optional.of(Reason.INTERRUPTED);
            case Standing.Ended _ -> Optional.empty();
        };
    }

    /**
     * The epoch of an end that is not written by the run's holder: as after a claim, so that the
     * holder's next write finds another.
     */
    public static long epochOfForeignEnd(Standing standing) {
        return switch (standing) {
            case Standing.Queued queued -> queued.epoch();
            case Standing.Claimed claimed -> claimed.epoch() + 1;
            case Standing.Ended ended -> ended.epoch();
        };
    }
}
