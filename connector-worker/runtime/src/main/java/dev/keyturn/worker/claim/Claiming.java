package dev.keyturn.worker.claim;

import dev.keyturn.service.threads.Threads;
import dev.keyturn.worker.execution.Executions;
import dev.keyturn.worker.lease.Instance;
import dev.keyturn.worker.store.RunTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes all runs that can be had now: those that wait, and as many to work as there are slots. */
@ApplicationScoped
public class Claiming {

    private static final Logger LOG = Logger.getLogger(Claiming.class);
    private static final int ADOPTERS = 6;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Claims claims;
    private final Executions executions;
    private final Slots slots;
    private final Instance instance;
    private final Threads threads;
    private volatile boolean stopped;

    Claiming(
            Claims claims, Executions executions, Slots slots, Instance instance, Threads threads) {
        this.claims = claims;
        this.executions = executions;
        this.slots = slots;
        this.instance = instance;
        this.threads = threads;
    }

    /** From now on nothing is taken any more. */
    public void stop() {
        stopped = true;
    }

    /** Returns when there is none left, or no slot, or the lease is over. */
    public void claimAll() {
        RunTable.Offer offer = claims.offer();
        if (offer.waiting()) {
            adoptAllWaiting();
        }
        if (offer.working()) {
            whileThereAre(this::claimOne);
        }
    }

    // Several at a time: a worker that died may leave a thousand of them.
    private void adoptAllWaiting() {
        if (adoptWaiting()) {
            BlockingQueue<Boolean> done = new LinkedBlockingQueue<>();
            for (int i = 0; i < ADOPTERS; i++) {
                threads.start("adopter", () -> adoptInto(done));
            }
            for (int i = 0; i < ADOPTERS; i++) {
                await(done);
            }
        }
    }

    private void adoptInto(BlockingQueue<Boolean> done) {
        try {
            whileThereAre(this::adoptWaiting);
        } catch (RuntimeException e) {
            LOG.warnf("No run could be adopted, it will be tried again: cause=%s", e);
        } finally {
            done.add(true);
        }
    }

    private void await(BlockingQueue<Boolean> done) {
        try {
            @Nullable Boolean one = null;
            while (one == null) {
                one = threads.poll(done, LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while runs were adopted", e);
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
        List<Claim> adopted = claims.nextWaiting(instance.id());
        for (Claim claim : adopted) {
            slots.takeForAdoption();
            executions.start(claim);
        }
        return !adopted.isEmpty();
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
