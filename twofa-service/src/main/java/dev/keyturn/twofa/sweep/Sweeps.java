package dev.keyturn.twofa.sweep;

import dev.keyturn.service.reading.Assignments;
import dev.keyturn.twofa.config.TwofaConfig;
import dev.keyturn.twofa.db.Expiries;
import dev.keyturn.twofa.db.Retained;
import dev.keyturn.wire.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Looks at the deadlines of the partitions that this instance reads, and deletes what has been kept
 * long enough. Everything that they need to know is in the database: after a restart, or a move of
 * partitions, the next look finds the same.
 */
@ApplicationScoped
public class Sweeps {

    private static final Logger LOG = Logger.getLogger(Sweeps.class);

    private final TwofaConfig config;
    private final Assignments assignments;
    private final Expiries expiries;
    private final Retained retained;
    private final Clock clock;
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(
                    2, Thread.ofPlatform().daemon().name("twofa-sweep-", 0).factory());

    Sweeps(
            TwofaConfig config,
            Assignments assignments,
            Expiries expiries,
            Retained retained,
            Clock clock) {
        this.config = config;
        this.assignments = assignments;
        this.expiries = expiries;
        this.retained = retained;
        this.clock = clock;
    }

    void onStart(@Observes StartupEvent event) {
        every(config.sweepInterval(), "deadlines", this::expire, Expiries.LIMIT);
        every(config.retentionInterval(), "what is old", this::forget, Retained.LIMIT);
    }

    void onStop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }

    private int expire() {
        return expiries.send(
                assignments.of(Topics.CHALLENGES.name()),
                clock.instant().minus(config.expiryGrace()));
    }

    private int forget() {
        return retained.delete(clock.instant().minus(config.retention()));
    }

    private void every(Duration interval, String what, IntSupplier sweep, int limit) {
        AtomicBoolean failing = new AtomicBoolean();
        var _ =
                threads.scheduleWithFixedDelay(
                        () -> untilDone(what, sweep, limit, failing),
                        0,
                        interval.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** An outage is said once when it begins and once when it is over, not at each look. */
    private void untilDone(String what, IntSupplier sweep, int limit, AtomicBoolean failing) {
        try {
            int found = limit;
            while (found >= limit) {
                found = sweep.getAsInt();
            }
            if (failing.getAndSet(false)) {
                LOG.infof("A sweep works again: what=%s", what);
            }
        } catch (RuntimeException e) {
            if (!threads.isShutdown() && !failing.getAndSet(true)) {
                LOG.warnf("A sweep fails, it is tried again: what=%s cause=%s", what, e);
            }
        }
    }
}
