package dev.keyturn.service.outbox;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.send.Sender;
import dev.keyturn.service.threads.Threads;
import dev.keyturn.service.threads.Together;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Sends what the outbox holds. Each key begins at its oldest row, and the next is sent only when
 * the last is acknowledged; so any number of senders can repeat records, but never change the order
 * of their first appearance.
 *
 * <p>Keys go on independently, but what is to be sent is read for all that wait in one statement,
 * and what was sent is deleted in one: at a thousand keys a second that is what counts.
 */
@ApplicationScoped
public class OutboxSender {

    private static final Logger LOG = Logger.getLogger(OutboxSender.class);
    private static final int ROWS_OF_A_KEY = 50;
    private static final int KEYS = 1000;
    private static final Duration STALE = Duration.ofSeconds(5);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(12);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(10);

    /** Above those that give no number, which are at 2500. */
    private static final int AFTER_WRITERS = 3000;

    /** Whether somebody asked again while a key was being sent. */
    private enum Draining {
        ONCE,
        AGAIN
    }

    /** What was sent of a key, and whether more of it is there. */
    private record Sent(UUID key, List<Long> ids, boolean more) {}

    private final Database database;
    private final OutboxTable table;
    private final Sender sender;
    private final Threads threads;
    private final Clock clock;
    private final Counter failures;
    private final ConcurrentMap<UUID, Draining> draining = new ConcurrentHashMap<>();
    private final Together<UUID> reading;
    private final Together<Sent> deleting;
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
        this.reading = new Together<>(threads, "outbox-read", KEYS, this::read);
        this.deleting = new Together<>(threads, "outbox-delete", KEYS, this::delete);
    }

    void onStart(@Observes StartupEvent event) {
        var _ =
                sweeps.scheduleWithFixedDelay(
                        () -> threads.start("outbox-sweep", this::sweep), 0, 1, TimeUnit.SECONDS);
    }

    /**
     * After whatever writes messages has stopped, and before the producer is closed: what was
     * written last is sent, since another instance finds it only some seconds later.
     */
    void onStop(@Observes @Priority(AFTER_WRITERS) ShutdownEvent event)
            throws InterruptedException {
        sweeps.shutdownNow();
        Instant end = clock.instant().plus(STOP_LIMIT);
        while (!draining.isEmpty() && clock.instant().isBefore(end)) {
            threads.sleep(LOOK);
        }
        stopped = true;
    }

    /** Sends the rows of these keys, on other threads. */
    public void wake(Collection<UUID> keys) {
        for (UUID key : keys) {
            boolean isFirst =
                    draining.merge(key, Draining.ONCE, (_, _) -> Draining.AGAIN) == Draining.ONCE;
            if (isFirst && !stopped) {
                reading.add(key);
            }
        }
    }

    private void read(List<UUID> keys) {
        Set<UUID> left = new LinkedHashSet<>(keys);
        try {
            Map<UUID, List<OutboxTable.Stored>> byKey =
                    database.autocommit(db -> table.oldest(db, keys, ROWS_OF_A_KEY)).stream()
                            .collect(Collectors.groupingBy(r -> r.row().orderKey()));
            for (UUID key : keys) {
                List<OutboxTable.Stored> rows = byKey.get(key);
                if (rows != null) {
                    threads.start("outbox-" + key, () -> send(key, rows));
                    left.remove(key);
                }
            }
        } catch (RuntimeException e) {
            failed(left, e);
        }
        left.forEach(key -> done(key, false));
    }

    private void send(UUID key, List<OutboxTable.Stored> rows) {
        List<Long> sent = new ArrayList<>();
        boolean more = false;
        try {
            for (List<OutboxTable.Stored> group : SendingOrder.groups(rows)) {
                Uni.combine()
                        .all()
                        .unis(
                                group.stream()
                                        .map(s -> sender.sendAsync(s.row().toRecord()))
                                        .toList())
                        .discardItems()
                        .await()
                        .atMost(SEND_LIMIT);
                group.forEach(s -> sent.add(s.id()));
            }
            more = rows.size() >= ROWS_OF_A_KEY;
        } catch (RuntimeException e) {
            failed(List.of(key), e);
        }
        deleting.add(new Sent(key, sent, more));
    }

    private void delete(List<Sent> sent) {
        List<Long> ids = sent.stream().flatMap(s -> s.ids().stream()).toList();
        boolean deleted = ids.isEmpty();
        try {
            if (!ids.isEmpty()) {
                var _ = database.autocommit(db -> table.delete(db, ids));
                deleted = true;
            }
        } catch (RuntimeException e) {
            failed(sent.stream().map(Sent::key).toList(), e);
        }
        for (Sent s : sent) {
            done(s.key(), deleted && s.more());
        }
    }

    /** Nothing is being done with the key any more, unless somebody has asked again or has to. */
    private void done(UUID key, boolean more) {
        boolean again =
                draining.computeIfPresent(
                                key, (_, d) -> more || d == Draining.AGAIN ? Draining.ONCE : null)
                        != null;
        if (again && !stopped) {
            reading.add(key);
        }
    }

    /** The sweep comes back to these keys. */
    private void failed(Collection<UUID> keys, RuntimeException cause) {
        failures.increment(keys.size());
        LOG.warnf(
                "The outbox could not send all of what it holds, it will be tried again:"
                        + " accounts=%d cause=%s",
                keys.size(), cause);
    }

    /** Sends what was left behind: by an instance that is gone, or for a broker that was. */
    public void sweep() {
        reading.goOn();
        deleting.goOn();
        try {
            Instant before = clock.instant().minus(STALE);
            wake(database.autocommit(db -> table.keysBefore(db, before, KEYS)));
        } catch (RuntimeException e) {
            LOG.warnf("The outbox could not be swept, it will be tried again: cause=%s", e);
        }
    }
}
