package dev.keyturn.service.outbox;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.send.Sender;
import dev.keyturn.service.threads.Threads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Sends what the outbox holds. Each key begins at its oldest row, and the next is sent only when
 * the last is acknowledged; so any number of senders can repeat records, but never change the order
 * of their first appearance.
 */
@ApplicationScoped
public class OutboxSender {

    private static final Logger LOG = Logger.getLogger(OutboxSender.class);
    private static final int BATCH = 200;
    private static final int KEYS = 1000;
    private static final Duration STALE = Duration.ofSeconds(5);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(12);

    /** Whether somebody asked again while a key was being sent. */
    private enum Draining {
        ONCE,
        AGAIN
    }

    private final Database database;
    private final OutboxTable table;
    private final Sender sender;
    private final Threads threads;
    private final Clock clock;
    private final Counter failures;
    private final ConcurrentMap<UUID, Draining> draining = new ConcurrentHashMap<>();
    private final ScheduledExecutorService sweeps =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("outbox-sweep").factory());
    private volatile boolean stopped;

    OutboxSender(
            Database database,
            OutboxTable table,
            Sender sender,
            Threads threads,
            Clock clock,
            MeterRegistry metrics) {
        this.database = database;
        this.table = table;
        this.sender = sender;
        this.threads = threads;
        this.clock = clock;
        this.failures = metrics.counter("keyturn.outbox.failures");
    }

    void onStart(@Observes StartupEvent event) {
        var _ =
                sweeps.scheduleWithFixedDelay(
                        () -> threads.start("outbox-sweep", this::sweep), 0, 1, TimeUnit.SECONDS);
    }

    void onStop(@Observes ShutdownEvent event) {
        sweeps.shutdownNow();
        stopped = true;
    }

    /** Sends the rows of these keys, on other threads. */
    public void wake(Collection<UUID> keys) {
        for (UUID key : keys) {
            boolean isFirst =
                    draining.merge(key, Draining.ONCE, (_, _) -> Draining.AGAIN) == Draining.ONCE;
            if (isFirst && !stopped) {
                threads.start("outbox-" + key, () -> drainUntilQuiet(key));
            }
        }
    }

    private void drainUntilQuiet(UUID key) {
        boolean again = true;
        while (again) {
            drain(key);
            again =
                    draining.computeIfPresent(
                                    key, (_, d) -> d == Draining.AGAIN ? Draining.ONCE : null)
                            != null;
        }
    }

    /** A failure stops this key alone; the sweep comes back to it. */
    private void drain(UUID key) {
        try {
            List<OutboxTable.Stored> rows = oldest(key);
            while (!rows.isEmpty()) {
                send(rows);
                rows = oldest(key);
            }
        } catch (RuntimeException e) {
            failures.increment();
            LOG.warnf(
                    "The outbox could not send all of a key, it will be tried again: accountId=%s"
                            + " cause=%s",
                    key, e);
        }
    }

    private List<OutboxTable.Stored> oldest(UUID key) {
        return database.tx(tx -> table.oldest(tx, key, BATCH));
    }

    private void send(List<OutboxTable.Stored> rows) {
        List<Long> sent = new ArrayList<>();
        try {
            for (List<OutboxTable.Stored> group : SendingOrder.groups(rows)) {
                Uni<Void> all =
                        Uni.combine()
                                .all()
                                .unis(
                                        group.stream()
                                                .map(s -> sender.sendAsync(s.row().toRecord()))
                                                .toList())
                                .discardItems();
                all.await().atMost(SEND_LIMIT);
                group.forEach(s -> sent.add(s.id()));
            }
        } finally {
            if (!sent.isEmpty()) {
                database.run(tx -> table.delete(tx, sent));
            }
        }
    }

    /** Sends what was left behind: by an instance that is gone, or for a broker that was. */
    public void sweep() {
        try {
            Instant before = clock.instant().minus(STALE);
            wake(database.tx(tx -> table.keysBefore(tx, before, KEYS)));
        } catch (RuntimeException e) {
            LOG.warnf("The outbox could not be swept, it will be tried again: cause=%s", e);
        }
    }
}
