package dev.keyturn.worker.claim;

import dev.keyturn.service.reply.ReplyHealth;
import dev.keyturn.worker.execution.Executions;
import dev.keyturn.worker.lease.Instance;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Takes runs whenever there is a free slot: woken by notices, and once a second. */
@ApplicationScoped
public class Claimer {

    private static final Logger LOG = Logger.getLogger(Claimer.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration REPLIES_LIMIT = Duration.ofSeconds(5);
    private static final int ADOPTERS = 6;
    private static final Executor THREADS = task -> Thread.ofVirtual().name("adopter").start(task);

    private final Claims claims;
    private final Executions executions;
    private final Slots slots;
    private final Instance instance;
    private final ReplyHealth replies;
    private final Doorbell bell;
    private volatile boolean stopped;

    Claimer(
            Claims claims,
            Executions executions,
            Slots slots,
            Instance instance,
            @Readiness ReplyHealth replies,
            Wakeups wakeups) {
        this.claims = claims;
        this.executions = executions;
        this.slots = slots;
        this.instance = instance;
        this.replies = replies;
        this.bell = wakeups.bell();
    }

    public void start() {
        Thread.ofVirtual().name("claimer").start(this::loop);
    }

    /** Takes no more runs. */
    public void stop() {
        stopped = true;
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
            adoptAllWaiting();
            whileThereAre(this::claimOne);
        }
    }

    // Several at a time: a worker that died may leave a thousand of them.
    private void adoptAllWaiting() {
        if (adoptWaiting()) {
            List<CompletableFuture<Void>> adopters =
                    Stream.generate(
                                    () ->
                                            CompletableFuture.runAsync(
                                                    () -> whileThereAre(this::adoptWaiting),
                                                    THREADS))
                            .limit(ADOPTERS)
                            .toList();
            adopters.forEach(CompletableFuture::join);
        }
    }

    private void whileThereAre(BooleanSupplier claim) {
        boolean more = true;
        while (more && !stopped && instance.holds()) {
            more = claim.getAsBoolean();
        }
    }

    // Without a slot and beyond max-waiting: somebody has been asked for them already.
    private boolean adoptWaiting() {
        Optional<Claim> claim = claims.nextWaiting(instance.id());
        claim.ifPresent(
                c -> {
                    slots.takeForAdoption();
                    executions.start(c);
                });
        return claim.isPresent();
    }

    private boolean claimOne() {
        if (!slots.tryTake()) {
            return false;
        }
        boolean taken = false;
        try {
            Optional<Claim> claim = claims.next(instance.id());
            taken = claim.isPresent();
            claim.ifPresent(executions::start);
        } finally {
            if (!taken) {
                slots.free();
            }
        }
        return taken;
    }
}
