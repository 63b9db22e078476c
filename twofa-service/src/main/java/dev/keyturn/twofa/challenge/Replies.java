package dev.keyturn.twofa.challenge;

import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.replies.Cancelled;
import dev.keyturn.replies.CodeGiven;
import dev.keyturn.replies.Expired;
import dev.keyturn.replies.Extended;
import dev.keyturn.replies.MethodChosen;
import dev.keyturn.replies.ResendAsked;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.replies.WorkerReply;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.ReplyAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is said to the worker that waits, and to who waits for a verdict. */
final class Replies {

    private Replies() {}

    /**
     * What the challenge wants of the worker that asks: what a person wished for in an open one,
     * and its deadline if that is not the one named; of one that has ended the same each time.
     */
    static List<Answer> asked(Challenge challenge, OpenChallenge open, Instant now) {
        return switch (challenge) {
            case Challenge.Open state -> stillWanted(state, open, now);
            case Challenge.Answered state -> toWorker(state, codeGiven(state));
            case Challenge.Expired state -> toWorker(state, expired(state));
            case Challenge.Cancelled state -> toWorker(state, cancelled(state, state.at()));
            case Challenge.Closed state -> toWorker(state, cancelled(state, state.at()));
        };
    }

    private static List<Answer> stillWanted(Challenge.Open state, OpenChallenge open, Instant now) {
        List<Answer> wanted = new ArrayList<>();
        Wish wish = state.wish();
        if (wish != null) {
            wanted.addAll(toWorker(state, wished(state, wish)));
        }
        if (!state.deadline().equals(Times.ofDatabase(open.deadline()))) {
            wanted.addAll(toWorker(state, extended(state, now)));
        }
        return wanted;
    }

    static List<Answer> toWorker(Challenge challenge, WorkerReply reply) {
        ReplyAddress to = challenge.caller().address(challenge.subject());
        return to == null ? List.of() : List.of(new Answer(reply, to));
    }

    static CodeGiven codeGiven(Challenge.Answered state) {
        UUID id = state.subject().challengeId();
        return new CodeGiven(
                Ids.of("CodeGiven", id),
                id,
                state.at(),
                state.submissionId(),
                state.round(),
                state.sealed());
    }

    static Expired expired(Challenge.Expired state) {
        UUID id = state.subject().challengeId();
        return new Expired(Ids.of("Expired", id), id, state.at());
    }

    static Cancelled cancelled(Challenge state, Instant at) {
        UUID id = state.subject().challengeId();
        return new Cancelled(Ids.of("Cancelled", id), id, at);
    }

    static Extended extended(Challenge.Open state, Instant at) {
        UUID id = state.subject().challengeId();
        return new Extended(Ids.of("Extended", id, state.deadline()), id, at, state.deadline());
    }

    static WorkerReply wished(Challenge.Open state, Wish wish) {
        UUID id = state.subject().challengeId();
        int round = state.round();
        return switch (wish) {
            case Wish.Resend resend ->
                    new ResendAsked(Ids.of("ResendAsked", id, round), id, resend.at(), round);
            case Wish.Method method ->
                    new MethodChosen(
                            Ids.of("MethodChosen", id, round),
                            id,
                            method.at(),
                            round,
                            method.method());
        };
    }

    /**
     * The verdict for who waits for it. That a challenge is somebody else's stays on the log: who
     * asks is told what is said of a challenge that does not exist.
     */
    static List<Answer> verdict(Asked asked, Given given) {
        ReplyAddress to = asked.replyTo();
        UUID request = Asked.requestId(asked.command());
        if (to == null || request == null) {
            return List.of();
        }
        UUID challenge = asked.command().challengeId();
        UUID id = Ids.of("VerdictGiven", asked.command().accountId(), challenge, request);
        return List.of(
                new Answer(new VerdictGiven(id, challenge, given.at(), request, shown(given)), to));
    }

    private static Verdict shown(Given given) {
        return given.verdict().kind() == Verdict.Kind.NOT_YOURS
                ? Verdict.UNKNOWN_CHALLENGE
                : given.verdict();
    }
}
