package dev.keyturn.twofa.challenge;

import dev.keyturn.values.ChallengeOutcome;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where one challenge stands.
 *
 * <pre>
 *          SubmitCode ──────> Answered
 *          ExpireChallenge ─> Expired
 *  Open ── CancelChallenge ─> Cancelled
 *   │ ↑    CloseChallenge ──> Closed
 *   └─┘ next round, wish, more time, another caller
 * </pre>
 *
 * It ends once and never opens again. What has ended still takes another caller, since a worker
 * that adopted the run asks for the same answer.
 */
public sealed interface Challenge {

    /** Which challenge it is, and whose. */
    Subject subject();

    /** Who waits for the answer. */
    Caller caller();

    /** The same challenge, asked for by another. */
    Challenge toCaller(Caller caller);

    /** A person can still answer. The only state that a person or the clock can change. */
    record Open(
            Subject subject,
            Caller caller,
            int round,
            Offer offer,
            Instant deadline,
            @Nullable Instant extendableTo,
            @Nullable Wish wish)
            implements Challenge {

        @Override
        public Open toCaller(Caller next) {
            return new Open(subject, next, round, offer, deadline, extendableTo, wish);
        }

        /** The next round began at the site: what was wished for in the last is done. */
        Open toRound(int next, Offer nextOffer) {
            return new Open(subject, caller, next, nextOffer, deadline, extendableTo, null);
        }

        Open toWish(Wish next) {
            return new Open(subject, caller, round, offer, deadline, extendableTo, next);
        }

        Open toDeadline(Instant next) {
            return new Open(subject, caller, round, offer, next, extendableTo, wish);
        }

        Answered toAnswered(UUID submissionId, String sealed, Instant at) {
            return new Answered(subject, caller, at, submissionId, round, sealed);
        }

        Expired toExpired(Instant at) {
            return new Expired(subject, caller, at);
        }

        Cancelled toCancelled(Instant at) {
            return new Cancelled(subject, caller, at);
        }

        Closed toClosed(ChallengeOutcome outcome, Instant at) {
            return new Closed(subject, caller, at, outcome);
        }
    }

    /** One submission won; its code waits, sealed, for whoever holds the run. */
    record Answered(
            Subject subject, Caller caller, Instant at, UUID submissionId, int round, String sealed)
            implements Challenge {

        @Override
        public Answered toCaller(Caller next) {
            return new Answered(subject, next, at, submissionId, round, sealed);
        }
    }

    /** Nobody answered until the deadline. */
    record Expired(Subject subject, Caller caller, Instant at) implements Challenge {

        @Override
        public Expired toCaller(Caller next) {
            return new Expired(subject, next, at);
        }
    }

    /** The person gave up. */
    record Cancelled(Subject subject, Caller caller, Instant at) implements Challenge {

        @Override
        public Cancelled toCaller(Caller next) {
            return new Cancelled(subject, next, at);
        }
    }

    /** The worker needs no answer any more. */
    record Closed(Subject subject, Caller caller, Instant at, ChallengeOutcome outcome)
            implements Challenge {

        @Override
        public Closed toCaller(Caller next) {
            return new Closed(subject, next, at, outcome);
        }
    }
}
