package dev.keyturn.service.reading;

import dev.keyturn.service.threads.Threads;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** The batches that are being applied now. */
@ApplicationScoped
public class InHand {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Threads threads;
    private final Clock clock;
    private final AtomicInteger batches = new AtomicInteger();
    private volatile boolean ended;

    InHand(Threads threads, Clock clock) {
        this.threads = threads;
        this.clock = clock;
    }

    /** Applies a batch; once the service is asked to stop, that is left to whoever reads on. */
    public void apply(Runnable batch) {
        batches.incrementAndGet();
        try {
            if (!ended) {
                batch.run();
            }
        } finally {
            batches.decrementAndGet();
        }
    }

    /**
     * Nothing is begun any more; returns when all that was is applied, or after two seconds: the
     * database may be away.
     */
    void end() throws InterruptedException {
        ended = true;
        Instant end = clock.instant().plus(LIMIT);
        while (batches.get() > 0 && clock.instant().isBefore(end)) {
            threads.sleep(LOOK);
        }
    }
}
