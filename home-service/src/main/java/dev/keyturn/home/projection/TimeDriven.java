package dev.keyturn.home.projection;

import dev.keyturn.home.projection.Runs.Written;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.home.view.Rows;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.service.reading.Assignments;
import dev.keyturn.wire.Topics;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Stores what changes by time alone, so that it has a version and a notice like any other change.
 * Done by the instance that reads the run's partition.
 */
@ApplicationScoped
public class TimeDriven {

    private static final Logger LOG = Logger.getLogger(TimeDriven.class);
    private static final int MOST = 500;

    private final Database database;
    private final Outbox outbox;
    private final Assignments assignments;
    private final Clock clock;

    TimeDriven(Database database, Outbox outbox, Assignments assignments, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.assignments = assignments;
        this.clock = clock;
    }

    @Scheduled(every = "0.5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            store(assignments.of(Topics.EVENTS.name()), clock.instant());
        } catch (RuntimeException e) {
            LOG.warnf("Runs could not be looked at, they will be again: cause=%s", e);
        }
    }

    /** Stores the runs of these partitions that have changed by {@code now}. */
    public void store(Set<Integer> partitions, Instant now) {
        if (!partitions.isEmpty()) {
            Set<UUID> accounts = database.autocommit(db -> accountsOf(db, partitions, now));
            if (!accounts.isEmpty()) {
                database.run(tx -> storeLocked(tx, accounts, now));
            }
        }
    }

    private static Set<UUID> accountsOf(Statements db, Set<Integer> partitions, Instant now) {
        return db
                .list(
                        "select account_id from run where changes_at <= $1 and partition = any($2)"
                                + " order by changes_at limit $3",
                        now,
                        partitions.toArray(Integer[]::new),
                        MOST)
                .stream()
                .map(row -> row.getUUID("account_id"))
                .collect(Collectors.toSet());
    }

    /** Looks again, now that no fact can come between. */
    private void storeLocked(Tx tx, Set<UUID> accounts, Instant now) {
        outbox.lockAll(tx, accounts);
        List<Row> due =
                tx.list(
                        "select connector, fold from run where account_id = any($1) and changes_at"
                                + " <= $2",
                        accounts.toArray(UUID[]::new),
                        now);
        if (!due.isEmpty()) {
            List<Written> runs =
                    due.stream()
                            .map(
                                    row ->
                                            new Written(
                                                    Rows.json(row, "fold", RunStatus.class),
                                                    row.getString("connector"),
                                                    null))
                            .toList();
            Runs.save(tx, runs, now);
            Changes.tell(tx, runs.stream().map(w -> w.run().accountId()).toList());
        }
    }
}
