package dev.keyturn.worker.claim;

import dev.keyturn.service.reply.ReplyHealth;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Takes runs whenever there is a free slot: woken by notices, and once a second. */
@ApplicationScoped
public class Claimer {

    private static final Logger LOG = Logger.getLogger(Claimer.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration REPLIES_LIMIT = Duration.ofSeconds(5);

    private final Claiming claiming;
    private final ReplyHealth replies;
    private final Doorbell bell;
    private volatile boolean stopped;

    Claimer(Claiming claiming, @Readiness ReplyHealth replies, Wakeups wakeups) {
        this.claiming = claiming;
        this.replies = replies;
        this.bell = wakeups.bell();
    }

    public void start() {
        Thread.ofVirtual().name("claimer").start(this::loop);
    }

    /** Takes no more runs. */
    public void stop() {
        stopped = true;
        claiming.stop();
        bell.ring();
    }

    private void loop() {
        while (!stopped) {
            try {
                claimAll();
            } catch (RuntimeException e) {
                LOG.warnf("No run could be claimed, it will be tried again: cause=%s", e);
            }
            try {
                bell.await(LONGEST_PAUSE);
            } catch (InterruptedException _) {
                return; // the worker stops
            }
        }
    }

    // Before replies can be heard no run is begun that may have to wait for one.
    private void claimAll() {
        if (replies.isPositioned().await().atMost(REPLIES_LIMIT)) {
            claiming.claimAll();
        }
    }
}
