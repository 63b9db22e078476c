package dev.keyturn.worker.execution;

import dev.keyturn.service.db.Tx;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.Reason;
import dev.keyturn.worker.challenge.ChallengeMessages;
import dev.keyturn.worker.run.Ending;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.RunFacts;
import dev.keyturn.worker.store.CheckpointTable;
import dev.keyturn.worker.store.Messages;
import dev.keyturn.worker.store.RunTable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Ends runs: the row, its challenges and keys, and the facts, in one transaction. */
@ApplicationScoped
public class Endings {

    private static final Logger LOG = Logger.getLogger(Endings.class);

    private final RunTable runs;
    private final CheckpointTable checkpoints;
    private final Messages messages;
    private final Budgets budgets;
    private final MeterRegistry metrics;
    private final Clock clock;

    Endings(
            RunTable runs,
            CheckpointTable checkpoints,
            Messages messages,
            Budgets budgets,
            MeterRegistry metrics,
            Clock clock) {
        this.runs = runs;
        this.checkpoints = checkpoints;
        this.messages = messages;
        this.budgets = budgets;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Ends a run, unless it is over or at another epoch than {@code run} says. The account's lock
     * is held.
     *
     * @param epoch of the end: that of the run for its holder, a higher one for anybody else
     * @return whether it was ended by this
     */
    public boolean end(Tx tx, Run run, long epoch, Ending ending) {
        Instant now = clock.instant();
        if (!runs.end(tx, run, epoch, ending.label(), now)) {
            return false;
        }
        ChallengeMessages challenges = new ChallengeMessages(run, epoch, now);
        checkpoints
                .open(tx, run.id())
                .forEach(
                        id ->
                                messages.command(
                                        tx,
                                        challenges.close(id, ChallengeOutcome.RUN_ENDED),
                                        run.traceparent()));
        if (ending instanceof Ending.Failed failed && failed.reason().is(Reason.INTERRUPTED)) {
            // The site may have counted the code that was under way.
            checkpoints.revealed(tx, run.id()).forEach(c -> budgets.wrong(tx, run, c));
        }
        checkpoints.passAllBut(tx, run.id(), null);
        new RunFacts(run, epoch, now)
                .ended(ending)
                .forEach(fact -> messages.fact(tx, fact, run.traceparent()));
        tx.onCommit(() -> tell(run, epoch, ending));
        return true;
    }

    private void tell(Run run, long epoch, Ending ending) {
        metrics.counter("keyturn.worker.runs.ended", "reason", ending.label()).increment();
        LOG.infof(
                "A run ended: runId=%s connector=%s epoch=%d reason=%s",
                run.id(), run.connector(), epoch, ending.label());
    }
}
