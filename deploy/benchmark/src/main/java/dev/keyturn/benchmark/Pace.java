package dev.keyturn.benchmark;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Begins things at even intervals, whether or not the ones before have arrived. */
final class Pace {

    private final long interval;

    /**
     * @param rate how many a second
     */
    Pace(double rate) {
        this.interval = (long) (1e9 / rate);
    }

    /** Begins so many, the first one at once; returns an interval after the last. */
    void run(int count, Runnable begin) {
        long start = System.nanoTime();
        for (int n = 0; n < count; n++) {
            until(start + n * interval);
            begin.run();
        }
        until(start + count * interval);
    }

    static void sleep(Duration time) {
        until(System.nanoTime() + time.toNanos());
    }

    private static void until(long instant) {
        for (long left = instant - System.nanoTime();
                left > 0;
                left = instant - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
