package dev.keyturn.service.threads;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Threads of the JVM: a wait parks a virtual thread and holds nothing else. */
@ApplicationScoped
class VirtualThreads implements Threads {

    @Override
    public void start(String name, Runnable work) {
        Thread.ofVirtual().name(name).start(work);
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        Thread.sleep(pause);
    }

    @Override
    public <T> @Nullable T poll(BlockingQueue<T> queue, Duration limit)
            throws InterruptedException {
        return queue.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
