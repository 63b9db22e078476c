package dev.keyturn.worker.sweep;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.values.Reason;
import dev.keyturn.worker.account.Erasure;
import dev.keyturn.worker.claim.Doorbell;
import dev.keyturn.worker.claim.Wakeups;
import dev.keyturn.worker.execution.Endings;
import dev.keyturn.worker.execution.Executions;
import dev.keyturn.worker.lease.Instance;
import dev.keyturn.worker.run.Ending;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.RunRules;
import dev.keyturn.worker.store.InstanceTable;
import dev.keyturn.worker.store.Messages;
import dev.keyturn.worker.store.RunTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Each second, and when a lease ends: lets others go on with runs whose holder is gone, and ends
 * what no connector will end. At each notice, which may come a thousand times a second: only what
 * was cancelled.
 */
@ApplicationScoped
public class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration JUST_AFTER = Duration.ofMillis(20);
    private static final int BATCH = 200;
    private static final int ADOPTIONS = 5_000;

    private final Database database;
    private final Outbox outbox;
    private final InstanceTable instances;
    private final RunTable runs;
    private final Endings endings;
    private final Executions executions;
    private final Erasure erasure;
    private final Cleaner cleaner;
    private final Instance instance;
    private final Clock clock;
    private final Doorbell bell;
    private volatile boolean stopped;

    Sweeper(
            Database database,
            Outbox outbox,
            InstanceTable instances,
            RunTable runs,
            Endings endings,
            Executions executions,
            Erasure erasure,
            Cleaner cleaner,
            Instance instance,
            Clock clock,
            Wakeups wakeups) {
        this.database = database;
        this.outbox = outbox;
        this.instances = instances;
        this.runs = runs;
        this.endings = endings;
        this.executions = executions;
        this.erasure = erasure;
        this.cleaner = cleaner;
        this.instance = instance;
        this.clock = clock;
        this.bell = wakeups.bell();
    }

    public void start() {
        Thread.ofVirtual().name("sweeper").start(this::loop);
    }

    public void stop() {
        stopped = true;
        bell.ring();
    }

    private void loop() {
        long next = System.nanoTime();
        while (!stopped) {
            if (next - System.nanoTime() <= 0) {
                long begun = System.nanoTime();
                sweep();
                next = begun + untilNext().toNanos();
            } else {
                endCancelled();
            }
            try {
                bell.await(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            } catch (InterruptedException _) {
                return; // the worker stops
            }
        }
    }

    // A lease that nobody renews is found over as soon as it is, since people wait for the runs.
    private Duration untilNext() {
        try {
            return database.autocommit(instances::untilFirstEnd)
                    .map(left -> left.plus(JUST_AFTER))
                    .filter(left -> left.isPositive() && left.compareTo(PAUSE) < 0)
                    .orElse(PAUSE);
        } catch (RuntimeException _) {
            return PAUSE; // the sweep itself has said that the database is away
        }
    }

    private void endCancelled() {
        tryTo("end what is cancelled", () -> executions.endCancelled(instance.id()));
    }

    /** Looks once at all of it. */
    public void sweep() {
        tryTo("compare runs with the database", () -> executions.reconcile(instance.id()));
        tryTo("mark dead workers", this::markDead);
        tryTo("let runs be adopted", this::letOrphansBeAdopted);
        tryTo("end what is due", this::endDue);
        tryTo("erase accounts", erasure::eraseAll);
        tryTo("clean up", cleaner::cleanNowAndThen);
    }

    private static void tryTo(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warnf("The sweep could not %s, it will be tried again: cause=%s", what, e);
        }
    }

    // Judging others needs a lease of one's own without a gap: else an outage would end all runs.
    // Asked when the transaction has begun, so that it covers the instant by which they are judged.
    private void markDead() {
        int dead = database.tx(tx -> instance.isSteady() ? instances.markDead(tx) : 0);
        if (dead > 0) {
            LOG.warnf("Workers are gone, others go on with their runs: count=%d", dead);
        }
    }

    private void letOrphansBeAdopted() {
        database.run(
                tx -> {
                    if (runs.orphansToAdoptable(tx, RunRules.MOST_LOSSES, ADOPTIONS) > 0) {
                        tx.notify(Messages.CHANNEL, "");
                    }
                });
    }

    private void endDue() {
        List<Run> overdue = database.autocommit(db -> runs.overdue(db, clock.instant(), BATCH));
        overdue.forEach(run -> database.run(tx -> endIfDue(tx, run.id(), run.accountId())));
    }

    private void endIfDue(Tx tx, UUID runId, UUID accountId) {
        outbox.lock(tx, accountId);
        Optional<Run> found = runs.find(tx, runId);
        if (found.isEmpty()) {
            return;
        }
        Run run = found.get();
        Optional<Reason> reason = RunRules.due(run, runs.isHolderGone(tx, run), clock.instant());
        if (reason.isPresent()
                && endings.end(
                        tx,
                        run,
                        RunRules.epochOfForeignEnd(run.standing()),
                        Ending.failed(reason.get()))) {
            tx.notify(Messages.CHANNEL, "");
        }
    }
}
