package dev.keyturn.worker.sweep;

import dev.keyturn.service.db.Database;
import dev.keyturn.worker.budget.Limits;
import dev.keyturn.worker.store.CheckpointTable;
import dev.keyturn.worker.store.InboxTable;
import dev.keyturn.worker.store.InstanceTable;
import dev.keyturn.worker.store.JournalTable;
import dev.keyturn.worker.store.RunTable;
import dev.keyturn.worker.store.SpentTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Deletes what nobody needs any more. */
@ApplicationScoped
public class Cleaner {

    private static final Duration BETWEEN = Duration.ofMinutes(10);
    private static final Duration COMMANDS = Duration.ofDays(8);
    private static final Duration RUNS = Duration.ofDays(8);
    private static final Duration JOURNALS = Duration.ofDays(1);
    private static final Duration INSTANCES = Duration.ofDays(1);

    private final Database database;
    private final InboxTable inbox;
    private final RunTable runs;
    private final JournalTable journals;
    private final CheckpointTable checkpoints;
    private final InstanceTable instances;
    private final SpentTable spent;
    private final Clock clock;
    private Instant next = Instant.EPOCH;

    Cleaner(
            Database database,
            InboxTable inbox,
            RunTable runs,
            JournalTable journals,
            CheckpointTable checkpoints,
            InstanceTable instances,
            SpentTable spent,
            Clock clock) {
        this.database = database;
        this.inbox = inbox;
        this.runs = runs;
        this.journals = journals;
        this.checkpoints = checkpoints;
        this.instances = instances;
        this.spent = spent;
        this.clock = clock;
    }

    void cleanNowAndThen() {
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            clean(now);
            next = now.plus(BETWEEN);
        }
    }

    /** Deletes what is old at this instant. */
    public void clean(Instant now) {
        database.run(
                tx -> {
                    checkpoints.clean(tx);
                    journals.clean(tx, now.minus(JOURNALS));
                    runs.clean(tx, now.minus(RUNS));
                    inbox.clean(tx, now.minus(COMMANDS));
                    instances.clean(tx, INSTANCES);
                    spent.clean(tx, now.minus(Limits.WINDOW));
                });
    }
}
