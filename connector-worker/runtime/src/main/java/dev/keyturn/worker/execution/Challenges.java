package dev.keyturn.worker.execution;

import dev.keyturn.replies.CodeGiven;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.ids.Ids;
import dev.keyturn.service.reply.PendingReplies;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.Prompt;
import dev.keyturn.worker.challenge.ChallengeMessages;
import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.challenge.Prompts;
import dev.keyturn.worker.challenge.Refusals;
import dev.keyturn.worker.journal.Entry;
import dev.keyturn.worker.run.FactIds;
import dev.keyturn.worker.store.CheckpointTable;
import dev.keyturn.worker.store.JournalTable;
import dev.keyturn.worker.store.Messages;
import dev.keyturn.worker.store.RunTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a run writes of its challenges, each in one transaction with the messages that tell it. */
@ApplicationScoped
public class Challenges {

    /** The name of a wait in the journal. */
    static final String WAIT = "waitForTwoFaCode";

    private final CheckpointTable checkpoints;
    private final JournalTable journals;
    private final RunTable runs;
    private final Messages messages;
    private final Writes writes;
    private final Verbs verbs;
    private final Steps steps;
    private final ChallengeKeys keys;
    private final Budgets budgets;
    private final PendingReplies replies;
    private final Ids ids;
    private final Clock clock;

    Challenges(
            CheckpointTable checkpoints,
            JournalTable journals,
            RunTable runs,
            Messages messages,
            Writes writes,
            Verbs verbs,
            Steps steps,
            ChallengeKeys keys,
            Budgets budgets,
            PendingReplies replies,
            Ids ids,
            Clock clock) {
        this.checkpoints = checkpoints;
        this.journals = journals;
        this.runs = runs;
        this.messages = messages;
        this.writes = writes;
        this.verbs = verbs;
        this.steps = steps;
        this.keys = keys;
        this.budgets = budgets;
        this.replies = replies;
        this.ids = ids;
        this.clock = clock;
    }

    /** A challenge that nobody knows of yet, with a key pair of its own. */
    Checkpoint make(
            RunContext run,
            int position,
            @Nullable Checkpoint retryOf,
            Prompt prompt,
            Instant deadline,
            @Nullable Instant extendableTo) {
        UUID id = ids.next();
        ChallengeKeys.Pair pair = keys.make(run.run(), id);
        return new Checkpoint(
                id,
                position,
                retryOf == null ? 1 : retryOf.attempt() + 1,
                retryOf == null ? null : retryOf.challengeId(),
                1,
                Checkpoint.State.OPEN,
                pair.privateKey(),
                pair.sealTo(),
                prompt,
                deadline,
                extendableTo,
                null,
                1);
    }

    /**
     * Opens it, unless the budget is spent; the refusal of the one before, if there was one, is
     * told first, and counts.
     *
     * @return until when nobody is asked; empty if it was opened
     */
    Optional<Instant> open(
            RunContext run, TwoFaOptions options, Checkpoint next, @Nullable Refusal refusal) {
        boolean accepted = run.isCodeInUse() && !options.isRetry();
        @Nullable String session = accepted ? verbs.sealedSession(run) : null;
        Optional<Instant> spent =
                writes.write(run.execution(), tx -> open(tx, run, next, refusal, session));
        run.codeInUse(false);
        return spent;
    }

    private Optional<Instant> open(
            Tx tx,
            RunContext run,
            Checkpoint next,
            @Nullable Refusal refusal,
            @Nullable String session) {
        if (checkpoints.has(tx, next.challengeId())) {
            return Optional.empty();
        }
        refuse(tx, run, refusal);
        verbs.keepSession(tx, run, session);
        Optional<Instant> spent = budgets.spentUntil(tx, run, next);
        if (spent.isEmpty()) {
            opened(tx, run, next);
        }
        return spent;
    }

    private void opened(Tx tx, RunContext run, Checkpoint next) {
        UUID runId = run.run().id();
        ChallengeMessages words = run.challenges(clock.instant());
        closeLeftOpen(tx, run, words);
        checkpoints.passAllBut(tx, runId, next.challengeId());
        checkpoints.insert(tx, runId, run.claim().epoch(), next);
        budgets.asked(tx, run.run(), next);
        waits(tx, run, next, false);
        runs.waiting(tx, runId, run.claim().epoch(), true);
        messages.request(
                tx,
                words.open(next, FactIds.of(next.challengeId(), "OpenChallenge", 1)),
                run.claim().traceparent(),
                replies.address(next.challengeId().toString()));
        messages.fact(tx, words.requested(next), run.claim().traceparent());
    }

    // A wait that the connector gave up, as when the site could not send again: one prompt at a
    // time.
    private void closeLeftOpen(Tx tx, RunContext run, ChallengeMessages words) {
        checkpoints
                .open(tx, run.run().id())
                .forEach(
                        id ->
                                messages.command(
                                        tx,
                                        words.close(id, ChallengeOutcome.SITE_EXPIRED),
                                        run.claim().traceparent()));
    }

    /** A challenge as it is asked next, once the site was made to send again or otherwise. */
    static Checkpoint inNextRound(RunContext run, Checkpoint challenge, TwoFaOptions options) {
        return challenge.toRound(Prompts.of(options, run.masking()));
    }

    /** Begins a round after the first. */
    void nextRound(RunContext run, Checkpoint next) {
        UUID id = next.challengeId();
        writes.run(
                run.execution(),
                tx -> {
                    ChallengeMessages words = run.challenges(clock.instant());
                    checkpoints.round(tx, next);
                    messages.request(
                            tx,
                            words.open(next, FactIds.of(id, "OpenChallenge", next.round())),
                            run.claim().traceparent(),
                            replies.address(id.toString()));
                    messages.fact(tx, words.resent(next), run.claim().traceparent());
                });
    }

    /** Tells of a refusal after which nobody is asked again. */
    void refuse(RunContext run, @Nullable Refusal refusal) {
        if (refusal != null) {
            writes.run(run.execution(), tx -> refuse(tx, run, refusal));
            run.codeInUse(false);
        }
    }

    private void refuse(Tx tx, RunContext run, @Nullable Refusal refusal) {
        if (refusal == null) {
            return;
        }
        boolean counts =
                refusal.isBySite()
                        || Refusals.counts(
                                runs.countRefusal(tx, run.run().id(), run.claim().epoch()));
        UUID id = refusal.of().challengeId();
        checkpoints.rejected(tx, id, refusal.by(), refusal.why(), counts);
        if (counts) {
            budgets.wrong(tx, run.run(), refusal.of());
        }
        messages.fact(
                tx,
                run.challenges(clock.instant())
                        .rejected(
                                id,
                                refusal.of().attempt(),
                                refusal.by(),
                                refusal.why(),
                                refusal.words()),
                run.claim().traceparent());
    }

    /** Keeps the answer, still sealed; the run works again. */
    Checkpoint answer(RunContext run, Checkpoint challenge, CodeGiven given) {
        writes.run(
                run.execution(),
                tx -> {
                    checkpoints.answered(
                            tx,
                            challenge.challengeId(),
                            given.submissionId(),
                            given.sealed(),
                            given.round());
                    waits(tx, run, challenge, true);
                    runs.waiting(tx, run.run().id(), run.claim().epoch(), false);
                });
        return challenge.toAnswered(given.sealed(), given.round());
    }

    /** Notes that there will be no answer. */
    void end(RunContext run, Checkpoint challenge, Checkpoint.State state) {
        writes.run(
                run.execution(),
                tx -> {
                    checkpoints.endedAs(tx, challenge.challengeId(), state);
                    waits(tx, run, challenge, true);
                    runs.waiting(tx, run.run().id(), run.claim().epoch(), false);
                });
    }

    /**
     * Notes that the code is used from now on, which makes the step at hand one that is not
     * repeated; false if it was used before.
     */
    boolean reveal(RunContext run, Checkpoint answered) {
        return writes.write(
                run.execution(),
                tx -> {
                    RunContext.@Nullable Current step = run.current();
                    if (step != null) {
                        steps.begun(tx, run, step);
                    }
                    return checkpoints.reveal(tx, answered.challengeId(), run.claim().epoch());
                });
    }

    // A wait is one that must not be done twice: who comes back to it goes on with it.
    private void waits(Tx tx, RunContext run, Checkpoint challenge, boolean done) {
        journals.write(
                tx,
                run.run().id(),
                run.claim().epoch(),
                challenge.position(),
                Entry.Kind.WAIT,
                WAIT,
                true,
                done,
                null);
    }
}
