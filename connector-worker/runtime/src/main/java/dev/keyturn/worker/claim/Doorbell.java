package dev.keyturn.worker.claim;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one who looks after something now and then; several rings are one. */
public final class Doorbell {

    private final Semaphore rung = new Semaphore(0);

    /** May be called on any thread, does not block. */
    public void ring() {
        rung.release();
    }

    /** Returns when it was rung since the last time, at the latest after this time. */
    public void await(Duration longest) throws InterruptedException {
        if (rung.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            rung.drainPermits();
        }
    }
}
