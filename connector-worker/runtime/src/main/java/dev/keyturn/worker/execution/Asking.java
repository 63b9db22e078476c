package dev.keyturn.worker.execution;

import dev.keyturn.replies.Cancelled;
import dev.keyturn.replies.CodeGiven;
import dev.keyturn.replies.Expired;
import dev.keyturn.replies.MethodChosen;
import dev.keyturn.replies.ResendAsked;
import dev.keyturn.replies.WorkerReply;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.service.reply.PendingReplies;
import dev.keyturn.service.reply.Waiter;
import dev.keyturn.worker.challenge.Answer;
import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.challenge.Prompts;
import dev.keyturn.worker.journal.Entry;
import dev.keyturn.worker.journal.Found;
import dev.keyturn.worker.store.CheckpointTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code waitForTwoFaCode}: asks a person, and asks again what cannot be used. */
@ApplicationScoped
public class Asking {

    private final Challenges challenges;
    private final Waiting waiting;
    private final AskingAgain again;
    private final Rounds rounds;
    private final Budgets budgets;
    private final ChallengeKeys keys;
    private final CheckpointTable checkpoints;
    private final Writes writes;
    private final PendingReplies replies;
    private final Clock clock;

    Asking(
            Challenges challenges,
            Waiting waiting,
            AskingAgain again,
            Rounds rounds,
            Budgets budgets,
            ChallengeKeys keys,
            CheckpointTable checkpoints,
            Writes writes,
            PendingReplies replies,
            Clock clock) {
        this.challenges = challenges;
        this.waiting = waiting;
        this.again = again;
        this.rounds = rounds;
        this.budgets = budgets;
        this.keys = keys;
        this.checkpoints = checkpoints;
        this.writes = writes;
        this.replies = replies;
        this.clock = clock;
    }

    TwoFaCode ask(RunContext run, TwoFaOptions options) {
        run.execution().goesOn(false);
        if (!run.run().isManual()) {
            throw budgets.cannotAsk(run);
        }
        return switch (run.journal().next(Entry.Kind.WAIT, Challenges.WAIT)) {
            case Found.Nothing(int position) -> begin(run, options, position);
            case Found.Finished(Entry entry) -> resume(run, options, entry.position());
            case Found.Begun(Entry entry) -> resume(run, options, entry.position());
            case Found.Different different -> throw Steps.otherWay(different);
        };
    }

    /**
     * For a run that was adopted while it waited: asks again, and waits before the connector is
     * started, which then finds the answer in its journal. A wish of the person is the connector's:
     * it comes to the same wait and hears of it there.
     */
    void awaitAnswer(RunContext run) {
        Checkpoint open = Objects.requireNonNull(run.claim().open());
        WorkerReply reply;
        try (Waiter waiter = replies.register(open.challengeId().toString())) {
            again.askAgain(run, open);
            reply = waiting.await(run, open, waiter, _ -> true).reply();
        }
        switch (reply) {
            case CodeGiven given -> {
                Checkpoint _ = challenges.answer(run, open, given);
            }
            case Expired _ -> challenges.end(run, open, Checkpoint.State.EXPIRED);
            case Cancelled _ -> challenges.end(run, open, Checkpoint.State.CANCELLED);
            case ResendAsked _, MethodChosen _ -> {}
            default -> throw endsNoWait(reply);
        }
    }

    private static IllegalStateException endsNoWait(WorkerReply reply) {
        return new IllegalStateException(reply.typeName() + ": must end no wait");
    }

    private TwoFaCode begin(RunContext run, TwoFaOptions options, int position) {
        @Nullable Checkpoint last = options.isRetry() ? run.lastChallenge() : null;
        Instant deadline = Prompts.deadline(options, clock.instant());
        Checkpoint first =
                challenges.make(
                        run,
                        position,
                        last,
                        Prompts.of(options, run.masking()),
                        deadline,
                        Prompts.extendableTo(options));
        @Nullable Refusal refusal =
                last == null ? null : Refusal.bySite(last, first.prompt().words());
        return asked(run, options, first, refusal);
    }

    /** After an adoption: goes on where the run waited. */
    private TwoFaCode resume(RunContext run, TwoFaOptions options, int position) {
        Checkpoint last =
                writes.read(run.execution(), db -> checkpoints.last(db, run.run().id(), position))
                        .orElseThrow();
        Rounds.Replayed replayed = rounds.replay(run, options, last);
        return switch (last.state()) {
            case OPEN -> answered(run, hearAgain(run, replayed, last));
            case ANSWERED -> judged(run, replayed.options(), last);
            case REVEALED, PASSED -> {
                run.answered(last);
                yield new RevealedOnce(challenges, keys, run, replayed.options(), last, true);
            }
            case EXPIRED -> throw ConnectorFailure.of(Reason.USER_ACTION_NEEDED_TWOFA_EXPIRED);
            case CANCELLED -> throw ConnectorFailure.of(Reason.USER_ACTION_NEEDED_TWOFA_CANCELLED);
        };
    }

    private TwoFaCode asked(
            RunContext run, TwoFaOptions options, Checkpoint next, @Nullable Refusal refusal) {
        if (!clock.instant().isBefore(next.deadline())) {
            challenges.refuse(run, refusal);
            throw ConnectorFailure.of(Reason.USER_ACTION_NEEDED_TWOFA_EXPIRED);
        }
        return answered(
                run, rounds.hear(run, options, next, () -> open(run, options, next, refusal)));
    }

    private void open(
            RunContext run, TwoFaOptions options, Checkpoint next, @Nullable Refusal refusal) {
        Optional<Instant> spent = challenges.open(run, options, next, refusal);
        if (spent.isPresent()) {
            throw Budgets.attemptsSpent(spent.get());
        }
    }

    private Rounds.Heard hearAgain(RunContext run, Rounds.Replayed replayed, Checkpoint open) {
        TwoFaOptions options = replayed.options();
        if (replayed.isAhead()) {
            Checkpoint next = Challenges.inNextRound(run, open, options);
            return rounds.hear(run, options, next, () -> challenges.nextRound(run, next));
        }
        return rounds.hear(run, options, open, () -> again.askAgain(run, open));
    }

    private TwoFaCode answered(RunContext run, Rounds.Heard heard) {
        Checkpoint challenge = heard.challenge();
        return switch (heard.reply()) {
            case CodeGiven given ->
                    judged(run, heard.options(), challenges.answer(run, challenge, given));
            case Expired _ -> {
                challenges.end(run, challenge, Checkpoint.State.EXPIRED);
                throw ConnectorFailure.of(Reason.USER_ACTION_NEEDED_TWOFA_EXPIRED);
            }
            case Cancelled _ -> {
                challenges.end(run, challenge, Checkpoint.State.CANCELLED);
                throw ConnectorFailure.of(Reason.USER_ACTION_NEEDED_TWOFA_CANCELLED);
            }
            default -> throw endsNoWait(heard.reply());
        };
    }

    private TwoFaCode judged(RunContext run, TwoFaOptions options, Checkpoint answered) {
        run.answered(answered);
        return switch (keys.judge(run.run().id(), answered, options)) {
            case Answer.Usable _ ->
                    new RevealedOnce(challenges, keys, run, options, answered, false);
            case Answer.Refused refused -> {
                Checkpoint next =
                        challenges.make(
                                run,
                                answered.position(),
                                answered,
                                answered.prompt(),
                                answered.deadline(),
                                answered.extendableTo());
                yield asked(run, options, next, Refusal.byWorker(answered, refused.why()));
            }
        };
    }
}
