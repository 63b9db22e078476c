package dev.keyturn.worker.execution;

import dev.keyturn.sdk.RunStopped;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Outage;
import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.service.threads.Threads;
import dev.keyturn.worker.claim.Claim;
import dev.keyturn.worker.store.RunTable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Whatever the holder of a run writes for it: fenced by the run's epoch, so that one who lost the
 * run can write nothing, and tried again while the database is away, so that an outage fails no
 * run. Work may therefore be done twice: it must know its own rows.
 */
@ApplicationScoped
public class Writes {

    private static final Logger LOG = Logger.getLogger(Writes.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Database database;
    private final Outbox outbox;
    private final RunTable runs;
    private final Threads threads;
    private final MeterRegistry metrics;

    Writes(
            Database database,
            Outbox outbox,
            RunTable runs,
            Threads threads,
            MeterRegistry metrics) {
        this.database = database;
        this.outbox = outbox;
        this.runs = runs;
        this.threads = threads;
        this.metrics = metrics;
    }

    /**
     * Writes something of the run.
     *
     * @throws RunStopped if another has the run, or it is over
     */
    <T> T write(Execution execution, Function<Tx, T> work) {
        Claim claim = execution.claim();
        return insist(execution, () -> database.tx(tx -> fenced(tx, execution, claim, work)));
    }

    /** The same without a result. */
    void run(Execution execution, Consumer<Tx> work) {
        boolean _ =
                write(
                        execution,
                        tx -> {
                            work.accept(tx);
                            return true;
                        });
    }

    /**
     * Reads something of the run. Not fenced: who reads what another has written meanwhile is
     * stopped at the next write.
     */
    <T> T read(Execution execution, Function<Statements, T> work) {
        return insist(execution, () -> database.autocommit(work));
    }

    private <T> T fenced(Tx tx, Execution execution, Claim claim, Function<Tx, T> work) {
        outbox.lock(tx, claim.accountId());
        if (runs.fence(tx, List.of(new RunTable.At(claim.runId(), claim.epoch()))).isEmpty()) {
            if (!runs.endedAt(tx, claim.runId(), claim.epoch())) {
                zombie(claim);
            }
            execution.stop("another has the run, or it is over");
            throw new RunStopped("another has the run, or it is over");
        }
        return work.apply(tx);
    }

    private void zombie(Claim claim) {
        metrics.counter("keyturn.worker.zombie.writes").increment();
        LOG.warnf(
                "A write for a run found another epoch and was not done: runId=%s epoch=%d",
                claim.runId(), claim.epoch());
    }

    private <T> T insist(Execution execution, Supplier<T> work) {
        Duration pause = PAUSE;
        while (true) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (!Outage.is(e)) {
                    throw e;
                }
                LOG.warnf(
                        "The database is away, the run stands still: runId=%s cause=%s",
                        execution.claim().runId(), e);
            }
            sleep(pause);
            if (execution.isStopped()) {
                throw new RunStopped("stopped while the database was away");
            }
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void sleep(Duration pause) {
        try {
            threads.sleep(pause);
        } catch (InterruptedException _) {
            throw new RunStopped("its thread was interrupted");
        }
    }
}
