package dev.keyturn.home.live;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.health.BrokerCheck;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Whether Home can see what happens now. Without broker or database it still talks to its pages,
 * but what it tells them is old; so they say that the connection is lost, and when it is back.
 */
@ApplicationScoped
public class Freshness {

    private static final Logger LOG = Logger.getLogger(Freshness.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final BrokerCheck broker;
    private final Listener listener;
    private final Database database;
    private final Streams streams;
    private final ExecutorService questions = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("freshness").factory());
    private volatile boolean behind;

    Freshness(BrokerCheck broker, Listener listener, Database database, Streams streams) {
        this.broker = broker;
        this.listener = listener;
        this.database = database;
        this.streams = streams;
    }

    void onStart(@Observes StartupEvent event) {
        var _ =
                looks.scheduleWithFixedDelay(
                        this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void onStop(@Observes ShutdownEvent event) {
        looks.shutdownNow();
        questions.shutdownNow();
    }

    boolean isBehind() {
        return behind;
    }

    private void look() {
        boolean sees = broker.answers() && listener.listens() && databaseAnswers();
        if (sees == behind) {
            behind = !sees;
            LOG.infof("Pages are told whether what they show may be old: behind=%s", behind);
            streams.beat();
        }
    }

    /** A database that stands still breaks no connection: it has to be asked. */
    private boolean databaseAnswers() {
        Future<Boolean> answer =
                questions.submit(() -> database.autocommit(db -> db.first("select 1").isPresent()));
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("The database does not answer: cause=%s", e);
            answer.cancel(true);
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true; // the service stops
        }
    }
}
