package dev.keyturn.service.reading;

import dev.keyturn.service.threads.Threads;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Does a thing again until it is done: an outage is no reason to give a record up. */
@ApplicationScoped
public class Persistence {

    private static final Logger LOG = Logger.getLogger(Persistence.class);
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final ReadingHealth health;
    private final Threads threads;

    Persistence(ReadingHealth health, Threads threads) {
        this.health = health;
        this.threads = threads;
    }

    /**
     * Returns what the work returned once it did not throw.
     *
     * @throws IllegalStateException if the thread was interrupted, which happens at the service's
     *     end
     */
    public <T> T insist(String what, Supplier<T> work) {
        Duration pause = FIRST;
        while (true) {
            try {
                T result = work.get();
                health.working(what);
                return result;
            } catch (Positions.Moved moved) {
                LOG.infof(
                        "A partition has another reader, its position is read again: %s",
                        moved.getMessage());
            } catch (RuntimeException e) {
                health.failing(what, String.valueOf(e.getMessage()));
                LOG.warnf(
                        e, "A batch could not be applied, it will be tried again: topic=%s", what);
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        }
    }

    private void sleep(Duration pause) {
        try {
            threads.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while a batch was being applied", e);
        }
    }
}
