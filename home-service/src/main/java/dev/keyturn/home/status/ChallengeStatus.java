package dev.keyturn.home.status;

import dev.keyturn.events.TwoFaRejected;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.events.TwoFaResent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a run, folded from the log.
 *
 * <pre>
 * OPEN ──answered──> CHECKING ──accepted──> ENDED
 *  │                    └─────refused─────> REJECTED ──run's end──> ENDED
 *  └──expired, cancelled, closed, run's end──────────────────────> ENDED
 * </pre>
 *
 * @param outcome how it ended; absent while it has not
 * @param since when it came into its state
 * @param asked absent while only its end was seen: twofa-service's facts may overtake the worker's
 * @param movedTo the latest deadline that was seen; absent if it was never moved
 * @param rejected why the code of this attempt was refused, else that of the attempt before
 */
public record ChallengeStatus(
        UUID challengeId,
        ChallengeState state,
        @Nullable ChallengeEnd outcome,
        Instant since,
        @Nullable Asked asked,
        @Nullable Instant movedTo,
        @Nullable Rejection rejected) {

    static ChallengeStatus first(UUID challengeId, Instant at) {
        return new ChallengeStatus(challengeId, ChallengeState.OPEN, null, at, null, null, null);
    }

    /** Whether a person can be asked: it was requested, and has not been answered nor ended. */
    public boolean waits() {
        return asked != null && state == ChallengeState.OPEN;
    }

    ChallengeStatus onRequested(TwoFaRequested fact, @Nullable Rejection before) {
        Asked now = Asked.of(fact);
        if (movedTo != null) {
            now = now.until(movedTo);
        }
        if (asked != null && asked.round() >= fact.round()) {
            return this;
        }
        return new ChallengeStatus(
                challengeId,
                state,
                outcome,
                since,
                now,
                movedTo,
                rejected == null ? before : rejected);
    }

    ChallengeStatus onResent(TwoFaResent fact) {
        return asked == null ? this : withAsked(asked.on(fact), movedTo);
    }

    ChallengeStatus onExtended(Instant deadline) {
        return withAsked(asked == null ? null : asked.until(deadline), deadline);
    }

    ChallengeStatus onAnswered(Instant at) {
        return state == ChallengeState.OPEN ? to(ChallengeState.CHECKING, null, at) : this;
    }

    ChallengeStatus onRejected(TwoFaRejected fact) {
        Rejection why = new Rejection(fact.by(), fact.why(), fact.words());
        return state == ChallengeState.ENDED
                ? this
                : new ChallengeStatus(
                        challengeId, ChallengeState.REJECTED, null, fact.at(), asked, movedTo, why);
    }

    ChallengeStatus onRetried(Instant at) {
        return switch (state) {
            case OPEN, CHECKING -> to(ChallengeState.REJECTED, null, at);
            case REJECTED, ENDED -> this;
        };
    }

    ChallengeStatus onAccepted(Instant at) {
        return state == ChallengeState.CHECKING
                ? to(ChallengeState.ENDED, ChallengeEnd.ACCEPTED, at)
                : this;
    }

    /** An end that twofa-service decided; it decides once, so an answered one is not open to it. */
    ChallengeStatus onEnded(ChallengeEnd how, Instant at) {
        return state == ChallengeState.OPEN ? to(ChallengeState.ENDED, how, at) : this;
    }

    ChallengeStatus onRunEnded(Instant at) {
        return state == ChallengeState.ENDED
                ? this
                : to(ChallengeState.ENDED, ChallengeEnd.RUN_ENDED, at);
    }

    private ChallengeStatus to(ChallengeState next, @Nullable ChallengeEnd how, Instant at) {
        return new ChallengeStatus(challengeId, next, how, at, asked, movedTo, rejected);
    }

    private ChallengeStatus withAsked(@Nullable Asked now, @Nullable Instant moved) {
        return new ChallengeStatus(challengeId, state, outcome, since, now, moved, rejected);
    }
}
