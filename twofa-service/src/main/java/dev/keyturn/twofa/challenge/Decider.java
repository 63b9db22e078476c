package dev.keyturn.twofa.challenge;

import static dev.keyturn.values.Verdict.ALREADY_ANSWERED;
import static dev.keyturn.values.Verdict.CANCELLED;
import static dev.keyturn.values.Verdict.DELIVERED;
import static dev.keyturn.values.Verdict.MALFORMED;
import static dev.keyturn.values.Verdict.NOT_YOURS;
import static dev.keyturn.values.Verdict.SUPERSEDED;
import static dev.keyturn.values.Verdict.TOO_LATE;
import static dev.keyturn.values.Verdict.UNKNOWN_CHALLENGE;

import dev.keyturn.commands.CancelChallenge;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.ChooseMethod;
import dev.keyturn.commands.CloseChallenge;
import dev.keyturn.commands.ExpireChallenge;
import dev.keyturn.commands.ExtendChallenge;
import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.commands.ResendCode;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.events.ChallengeFact;
import dev.keyturn.seal.Envelope;
import dev.keyturn.twofa.challenge.Challenge.Open;
import dev.keyturn.wire.ReplyAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a challenge: of code, duplicate, cancel and deadline exactly one wins.
 */
public final class Decider {

    private Decider() {}

    /**
     * What a command leads to.
     *
     * @param challenge where the challenge stands; absent if it is not known
     * @param now by twofa-service's own clock
     */
    public static Decision decide(@Nullable Challenge challenge, Asked asked, Instant now) {
        Instant at = Times.ofDatabase(now);
        return switch (asked.command()) {
            case OpenChallenge open -> open(challenge, open, asked.replyTo(), at);
            case CloseChallenge close -> close(challenge, close, at);
            case ExpireChallenge expire -> expire(challenge, expire, at);
            case SubmitCode submit ->
                    person(challenge, asked, at, state -> submit(state, submit, at));
            case CancelChallenge _ -> person(challenge, asked, at, state -> cancel(state, at));
            case ResendCode resend ->
                    person(challenge, asked, at, state -> resend(state, resend, at));
            case ChooseMethod choose ->
                    person(challenge, asked, at, state -> choose(state, choose, at));
            case ExtendChallenge extend ->
                    person(challenge, asked, at, state -> extend(state, extend, at));
        };
    }

    private static Decision open(
            @Nullable Challenge challenge,
            OpenChallenge open,
            @Nullable ReplyAddress replyTo,
            Instant now) {
        if (challenge == null) {
            return Decision.replying(opened(open, replyTo), List.of());
        }
        if (!challenge.subject().isOf(open, open.runId())) {
            return Decision.ignored(challenge, Ignored.FOREIGN);
        }
        if (open.epoch() < challenge.caller().epoch()) {
            return Decision.ignored(challenge, Ignored.LOWER_EPOCH);
        }
        Challenge called = challenge.toCaller(challenge.caller().or(open.epoch(), replyTo));
        Challenge next = called instanceof Open state ? atRound(state, open) : called;
        return Decision.replying(next, Replies.asked(next, open, now));
    }

    private static Open opened(OpenChallenge open, @Nullable ReplyAddress replyTo) {
        return new Open(
                new Subject(open.challengeId(), open.ownerId(), open.accountId(), open.runId()),
                new Caller(open.epoch(), null).or(open.epoch(), replyTo),
                open.round(),
                Offer.of(open.prompt()),
                Times.ofDatabase(open.deadline()),
                Times.ofDatabaseOrNull(open.extendableTo()),
                null);
    }

    private static Open atRound(Open state, OpenChallenge open) {
        return open.round() > state.round()
                ? state.toRound(open.round(), Offer.of(open.prompt()))
                : state;
    }

    /** Nothing is said to the worker: who closed it knows, and who asks again is told. */
    private static Decision close(
            @Nullable Challenge challenge, CloseChallenge close, Instant now) {
        return switch (challenge) {
            case null -> Decision.ignored(null, Ignored.UNKNOWN_CHALLENGE);
            case Challenge c when !c.subject().isOf(close, close.runId()) ->
                    Decision.ignored(c, Ignored.FOREIGN);
            case Challenge c when close.epoch() < c.caller().epoch() ->
                    Decision.ignored(c, Ignored.LOWER_EPOCH);
            case Open state -> {
                Challenge.Closed closed = state.toClosed(close.outcome(), now);
                yield Decision.ended(closed, Facts.closed(closed), List.of());
            }
            case Challenge.Answered c -> Decision.ignored(c, Ignored.ENDED);
            case Challenge.Expired c -> Decision.ignored(c, Ignored.ENDED);
            case Challenge.Cancelled c -> Decision.ignored(c, Ignored.ENDED);
            case Challenge.Closed c -> Decision.ignored(c, Ignored.ENDED);
        };
    }

    /**
     * Not judged by the clock again: the sweep that sent it did, and by where it stands on the
     * topic every code that was taken in time has been read.
     */
    private static Decision expire(
            @Nullable Challenge challenge, ExpireChallenge expire, Instant now) {
        return switch (challenge) {
            case null -> Decision.ignored(null, Ignored.UNKNOWN_CHALLENGE);
            case Challenge c when !c.subject().isOf(expire) -> Decision.ignored(c, Ignored.FOREIGN);
            case Open state when state.deadline().isAfter(Times.ofDatabase(expire.deadline())) ->
                    Decision.ignored(state, Ignored.DEADLINE_MOVED);
            case Open state -> {
                Challenge.Expired expired = state.toExpired(now);
                yield Decision.ended(
                        expired,
                        Facts.expired(expired),
                        Replies.toWorker(expired, Replies.expired(expired)));
            }
            case Challenge.Answered c -> Decision.ignored(c, Ignored.ENDED);
            case Challenge.Expired c -> Decision.ignored(c, Ignored.ENDED);
            case Challenge.Cancelled c -> Decision.ignored(c, Ignored.ENDED);
            case Challenge.Closed c -> Decision.ignored(c, Ignored.ENDED);
        };
    }

    /** A command that gets a verdict: the one that it has, or else a new one. */
    private static Decision person(
            @Nullable Challenge challenge,
            Asked asked,
            Instant now,
            Function<Open, Outcome> whenOpen) {
        Given before = asked.given();
        if (before != null) {
            return Decision.replying(challenge, Replies.verdict(asked, before));
        }
        Outcome outcome = judge(challenge, asked.command(), now, whenOpen);
        Given given = new Given(outcome.verdict(), now);
        List<Answer> replies = new ArrayList<>(outcome.replies());
        replies.addAll(Replies.verdict(asked, given));
        return new Decision(
                outcome.challenge(), facts(outcome, asked.command(), now), replies, given, null);
    }

    private static Outcome judge(
            @Nullable Challenge challenge,
            ChallengeCommand command,
            Instant now,
            Function<Open, Outcome> whenOpen) {
        return switch (challenge) {
            case null -> Outcome.unchanged(null, UNKNOWN_CHALLENGE);
            case Challenge c when !c.subject().isOf(command) -> Outcome.unchanged(c, NOT_YOURS);
            case Open state when !taken(command, now).isBefore(state.deadline()) ->
                    Outcome.unchanged(state, TOO_LATE);
            case Open state -> whenOpen.apply(state);
            case Challenge.Answered c -> Outcome.unchanged(c, ALREADY_ANSWERED);
            case Challenge.Expired c -> Outcome.unchanged(c, TOO_LATE);
            case Challenge.Cancelled c -> Outcome.unchanged(c, CANCELLED);
            case Challenge.Closed c -> Outcome.unchanged(c, CANCELLED);
        };
    }

    /** When home took it: however late it is read, and never later than our own clock says. */
    private static Instant taken(ChallengeCommand command, Instant now) {
        return command.at().isAfter(now) ? now : command.at();
    }

    private static List<ChallengeFact> facts(
            Outcome outcome, ChallengeCommand command, Instant now) {
        ChallengeFact fact = outcome.fact();
        if (fact != null) {
            return List.of(fact);
        }
        return command instanceof SubmitCode submit
                ? List.of(
                        Facts.turnedAway(
                                submit, runToName(outcome, submit), outcome.verdict(), now))
                : List.of();
    }

    private static @Nullable UUID runToName(Outcome outcome, SubmitCode submit) {
        Challenge challenge = outcome.challenge();
        return challenge == null || !challenge.subject().isOf(submit)
                ? null
                : challenge.subject().runId();
    }

    private static Outcome submit(Open state, SubmitCode submit, Instant now) {
        if (!state.offer().takesCode()
                || submit.round() > state.round()
                || Envelope.checkCode(submit.sealed(), submit.challengeId(), submit.round())
                        .isPresent()) {
            return Outcome.unchanged(state, MALFORMED);
        }
        if (submit.round() < state.round()) {
            return Outcome.unchanged(state, SUPERSEDED);
        }
        Challenge.Answered answered = state.toAnswered(submit.submissionId(), submit.sealed(), now);
        return new Outcome(
                answered, DELIVERED, Facts.answered(answered), Replies.codeGiven(answered));
    }

    private static Outcome cancel(Open state, Instant now) {
        Challenge.Cancelled cancelled = state.toCancelled(now);
        return new Outcome(
                cancelled,
                CANCELLED,
                Facts.cancelled(cancelled),
                Replies.cancelled(cancelled, now));
    }

    private static Outcome resend(Open state, ResendCode resend, Instant now) {
        return wish(
                state,
                resend.round(),
                state.offer().canResend(taken(resend, now)),
                new Wish.Resend(now));
    }

    private static Outcome choose(Open state, ChooseMethod choose, Instant now) {
        return wish(
                state,
                choose.round(),
                state.offer().has(choose.method()),
                new Wish.Method(choose.method(), now));
    }

    /** Only the first wish of a round counts, and only one that the round offers. */
    private static Outcome wish(Open state, int round, boolean offered, Wish wish) {
        if (round < state.round()) {
            return Outcome.unchanged(state, SUPERSEDED);
        }
        if (round > state.round() || !offered) {
            return Outcome.unchanged(state, MALFORMED);
        }
        if (state.wish() != null) {
            return Outcome.unchanged(state, SUPERSEDED);
        }
        Open wished = state.toWish(wish);
        return new Outcome(wished, DELIVERED, null, Replies.wished(wished, wish));
    }

    /** As far as the site allows; who wants no more than there is has it already. */
    private static Outcome extend(Open state, ExtendChallenge extend, Instant now) {
        Instant wanted = Times.ofDatabase(extend.deadline());
        if (!wanted.isAfter(state.deadline())) {
            return Outcome.unchanged(state, DELIVERED);
        }
        Instant limit = state.extendableTo();
        if (limit == null || !limit.isAfter(state.deadline())) {
            return Outcome.unchanged(state, MALFORMED);
        }
        Open extended = state.toDeadline(wanted.isAfter(limit) ? limit : wanted);
        return new Outcome(
                extended,
                DELIVERED,
                Facts.extended(extended, now),
                Replies.extended(extended, now));
    }
}
