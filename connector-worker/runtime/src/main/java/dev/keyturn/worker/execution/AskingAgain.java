package dev.keyturn.worker.execution;

import dev.keyturn.sdk.RunStopped;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.ids.Ids;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.service.reply.PendingReplies;
import dev.keyturn.service.threads.Threads;
import dev.keyturn.service.threads.Together;
import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.claim.Claim;
import dev.keyturn.worker.store.Messages;
import dev.keyturn.worker.store.RunTable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;

/**
 * Sends {@code OpenChallenge} once more: the answer, if there is one, is given again. All runs that
 * want this at one time share a transaction, since after an adoption or a gap it may be each of ten
 * thousand.
 */
@ApplicationScoped
public class AskingAgain {

    private static final Logger LOG = Logger.getLogger(AskingAgain.class);
    private static final int TOGETHER = 200;

    /** Longer than any transaction takes. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private record Ask(RunContext run, Checkpoint challenge, BlockingQueue<Boolean> sent) {

        Claim claim() {
            return run.claim();
        }

        RunTable.At at() {
            return new RunTable.At(claim().runId(), claim().epoch());
        }
    }

    private final Database database;
    private final Outbox outbox;
    private final RunTable runs;
    private final Messages messages;
    private final Writes writes;
    private final PendingReplies replies;
    private final Threads threads;
    private final MeterRegistry metrics;
    private final Ids ids;
    private final Clock clock;
    private final Together<Ask> together;

    AskingAgain(
            Database database,
            Outbox outbox,
            RunTable runs,
            Messages messages,
            Writes writes,
            PendingReplies replies,
            Threads threads,
            MeterRegistry metrics,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.runs = runs;
        this.messages = messages;
        this.writes = writes;
        this.replies = replies;
        this.threads = threads;
        this.metrics = metrics;
        this.ids = ids;
        this.clock = clock;
        this.together = new Together<>(threads, "ask-again", TOGETHER, this::send);
    }

    /**
     * Returns when the command is in the outbox.
     *
     * @throws RunStopped if another has the run, or it is over
     */
    void askAgain(RunContext run, Checkpoint challenge) {
        Ask ask = new Ask(run, challenge, new LinkedBlockingQueue<>());
        together.add(ask);
        if (!isSent(ask)) {
            // By itself it hears whose the run is now, or waits for the database.
            writes.run(run.execution(), tx -> messages.addAll(tx, List.of(message(ask))));
        }
        metrics.counter("keyturn.worker.asked.again").increment();
    }

    private boolean isSent(Ask ask) {
        try {
            return Boolean.TRUE.equals(threads.poll(ask.sent(), LIMIT));
        } catch (InterruptedException _) {
            throw new RunStopped("its thread was interrupted");
        }
    }

    private void send(List<Ask> asks) {
        List<Ask> sent = List.of();
        try {
            sent = database.tx(tx -> send(tx, asks));
        } catch (RuntimeException e) {
            LOG.warnf("Runs could not ask again together: runs=%d cause=%s", asks.size(), e);
        } finally {
            for (Ask ask : asks) {
                ask.sent().add(sent.contains(ask));
            }
        }
    }

    private List<Ask> send(Tx tx, List<Ask> asks) {
        outbox.lockAll(tx, asks.stream().map(ask -> ask.claim().accountId()).toList());
        Set<RunTable.At> held = runs.fence(tx, asks.stream().map(Ask::at).toList());
        List<Ask> ours = asks.stream().filter(ask -> held.contains(ask.at())).toList();
        messages.addAll(tx, ours.stream().map(this::message).toList());
        return ours;
    }

    private Outbox.Message message(Ask ask) {
        Instant now = clock.instant();
        return Messages.message(
                ask.run().challenges(now).open(ask.challenge(), ids.next()),
                ask.claim().traceparent(),
                replies.address(ask.challenge().challengeId().toString()));
    }
}
