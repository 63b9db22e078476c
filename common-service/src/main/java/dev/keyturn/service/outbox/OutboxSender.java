package dev.keyturn.service.outbox;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.send.Sender;
import dev.keyturn.wire.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
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
    private static final Duration STALE = Duration.ofSeconds(5);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(12);

    /** Whether somebody asked again while a key was being sent. */
    private enum Draining {
        ONCE,
        AGAIN
    }

    private record Stored(long id, OutboxRow row) {}

    private final Database database;
    private final Sender sender;
    private final Clock clock;
    private final Counter failures;
    private final ConcurrentMap<UUID, Draining> draining = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService sweeps =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("outbox-sweep").factory());

    OutboxSender(Database database, Sender sender, Clock clock, MeterRegistry metrics) {
        this.database = database;
        this.sender = sender;
        this.clock = clock;
        this.failures = metrics.counter("keyturn.outbox.failures");
    }

    void onStart(@Observes StartupEvent event) {
        var _ =
                sweeps.scheduleWithFixedDelay(
                        () -> threads.execute(this::sweep), 0, 1, TimeUnit.SECONDS);
    }

    void onStop(@Observes ShutdownEvent event) {
        sweeps.shutdownNow();
        threads.shutdown();
    }

    /** Sends the rows of these keys, on other threads. */
    public void wake(Set<UUID> keys) {
        for (UUID key : keys) {
            boolean isFirst =
                    draining.merge(key, Draining.ONCE, (_, _) -> Draining.AGAIN) == Draining.ONCE;
            if (isFirst && !threads.isShutdown()) {
                threads.execute(() -> drainUntilQuiet(key));
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
            List<Stored> rows = oldest(key);
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

    private List<Stored> oldest(UUID key) {
        return database.tx(
                tx ->
                        tx
                                .list(
                                        """
                                        select id, order_key, topic, record_key, partition, headers, value, created_at
                                        from outbox where order_key = $1 order by id limit $2\
                                        """,
                                        key,
                                        BATCH)
                                .stream()
                                .map(OutboxSender::stored)
                                .toList());
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.getLong("id"),
                new OutboxRow(
                        row.getUUID("order_key"),
                        row.getString("topic"),
                        row.getString("record_key"),
                        row.getInteger("partition"),
                        row.getString("headers"),
                        row.getBuffer("value").getBytes(),
                        row.getOffsetDateTime("created_at")
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toInstant()));
    }

    /**
     * One after the other; replies that stand together go together, since nothing follows from
     * their order.
     */
    private void send(List<Stored> rows) {
        List<Long> sent = new ArrayList<>();
        try {
            int from = 0;
            while (from < rows.size()) {
                int to = endOfGroup(rows, from);
                List<Stored> group = rows.subList(from, to);
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
                from = to;
            }
        } finally {
            delete(sent);
        }
    }

    private static int endOfGroup(List<Stored> rows, int from) {
        int to = from + 1;
        while (to < rows.size() && isReply(rows.get(from)) && isReply(rows.get(to))) {
            to++;
        }
        return to;
    }

    private static boolean isReply(Stored stored) {
        return stored.row().topic().equals(Topics.REPLIES.name());
    }

    private void delete(List<Long> ids) {
        if (!ids.isEmpty()) {
            database.run(
                    tx ->
                            tx.update(
                                    "delete from outbox where id = any($1)",
                                    (Object) ids.toArray(Long[]::new)));
        }
    }

    private void sweep() {
        try {
            List<UUID> keys =
                    database.tx(
                            tx ->
                                    tx
                                            .list(
                                                    "select distinct order_key from outbox where"
                                                            + " created_at < $1 limit 1000",
                                                    clock.instant().minus(STALE))
                                            .stream()
                                            .map(row -> row.getUUID("order_key"))
                                            .toList());
            wake(Set.copyOf(keys));
        } catch (RuntimeException e) {
            LOG.warnf("The outbox could not be swept, it will be tried again: cause=%s", e);
        }
    }
}
