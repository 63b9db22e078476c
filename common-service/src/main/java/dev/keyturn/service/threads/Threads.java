package dev.keyturn.service.threads;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where code begins threads and waits. With the clock this is all that decides who goes on when, so
 * the simulator, which has both of its own, can run the same code in any order that it likes.
 */
public interface Threads {

    /** Does the work on a thread of its own, which may block. */
    void start(String name, Runnable work);

    /** Returns after this time. */
    void sleep(Duration pause) throws InterruptedException;

    /** The next of a queue; null if there is none in this time. */
    <T> @Nullable T poll(BlockingQueue<T> queue, Duration limit) throws InterruptedException;
}
