package dev.keyturn.service.stop;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Ends a service that was asked to stop and cannot: what it wants to give back or to finish first
 * may need a database or a broker that is away. Whoever asked does not have to kill it, and loses
 * no more than by that.
 */
@ApplicationScoped
public class LatestEnd {

    private static final Logger LOG = Logger.getLogger(LatestEnd.class);

    /** Ten seconds are what whoever stops it waits, as {@code docker stop} does. */
    private static final Duration LIMIT = Duration.ofMillis(9_500);

    /** As of any process that SIGTERM has ended. */
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    /** Before anything that may have to be stopped is started. */
    void onStart(@Observes @Priority(1) StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Runtime.getRuntime().addShutdownHook(new Thread(LatestEnd::begin, "latest end"));
        }
    }

    /** A hook that waited itself would make each stop last so long. */
    private static void begin() {
        Thread.ofPlatform().daemon().name("latest end").start(LatestEnd::end);
    }

    private static void end() {
        try {
            Thread.sleep(LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        LOG.warnf("It could not stop in %d ms and ends as it is", LIMIT.toMillis());
        Runtime.getRuntime().halt(ENDED_BY_SIGTERM);
    }
}
