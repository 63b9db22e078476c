package dev.keyturn.worker.claim;

import dev.keyturn.worker.execution.Executions;
import dev.keyturn.worker.lease.Instance;
import dev.keyturn.worker.store.QueueTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Takes all runs that can be had now: those that wait, and as many to work as there are slots. */
@ApplicationScoped
public class Claiming {

    private final Claims claims;
    private final Executions executions;
    private final Slots slots;
    private final Instance instance;
    private volatile boolean stopped;

    Claiming(Claims claims, Executions executions, Slots slots, Instance instance) {
        this.claims = claims;
        this.executions = executions;
        this.slots = slots;
        this.instance = instance;
    }

    /** From now on nothing is taken any more. */
    public void stop() {
        stopped = true;
    }

    /** Returns when there is none left, or no slot, or the lease is over. */
    public void claimAll() {
        QueueTable.Offer offer = claims.offer();
        if (offer.waiting()) {
            whileThereAre(this::adoptWaiting);
        }
        if (offer.working()) {
            whileThereAre(this::claimOne);
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
