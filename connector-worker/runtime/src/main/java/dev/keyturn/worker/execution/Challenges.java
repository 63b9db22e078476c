package dev.keyturn.worker.execution;

import dev.keyturn.replies.CodeGiven;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.reply.PendingReplies;
import dev.keyturn.values.Prompt;
import dev.keyturn.worker.challenge.ChallengeMessages;
import dev.keyturn.worker.challenge.Checkpoint;
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
    private final PendingReplies replies;
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
            PendingReplies replies,
            Clock clock) {
        this.checkpoints = checkpoints;
        this.journals = journals;
        this.runs = runs;
        this.messages = messages;
        this.writes = writes;
        this.verbs = verbs;
        this.steps = steps;
        this.keys = keys;
        this.replies = replies;
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
        UUID id = UUID.randomUUID();
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

    /** Opens it; the refusal of the one before, if there was one, is told first. */
    void open(RunContext run, TwoFaOptions options, Checkpoint next, @Nullable Refusal refusal) {
        boolean accepted = run.isCodeInUse() && !options.isRetry();
        @Nullable String session = accepted ? verbs.sealedSession(run) : null;
        writes.run(
                run.execution(),
                tx -> {
                    if (checkpoints.insert(tx, run.run().id(), run.claim().epoch(), next)) {
                        refuse(tx, run, refusal);
                        verbs.keepSession(tx, run, session);
                        opened(tx, run, next);
                    }
                });
        run.codeInUse(false);
    }

    private void opened(Tx tx, RunContext run, Checkpoint next) {
        UUID runId = run.run().id();
        checkpoints.passAllBut(tx, runId, next.challengeId());
        waits(tx, run, next, false);
        runs.waiting(tx, runId, run.claim().epoch(), true);
        ChallengeMessages words = run.challenges(clock.instant());
        messages.request(
                tx,
                words.open(next, FactIds.of(next.challengeId(), "OpenChallenge", 1)),
                run.claim().traceparent(),
                replies.address(next.challengeId().toString()));
        messages.fact(tx, words.requested(next), run.claim().traceparent());
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
