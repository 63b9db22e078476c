package dev.keyturn.local.api;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Says when something may have changed: at each event of Home's stream, and else once a second, so
 * that a stream that breaks costs nothing but a moment.
 */
public final class Changes implements AutoCloseable {

    private static final Duration AT_THE_LATEST = Duration.ofSeconds(1);

    private final Semaphore news = new Semaphore(0);
    private final Thread reader;

    public Changes(HomeApi home) {
        reader = Thread.ofVirtual().start(() -> listen(home));
    }

    private void listen(HomeApi home) {
        while (!Thread.currentThread().isInterrupted()) {
            try (Stream<String> lines = home.stream()) {
                lines.filter(line -> line.startsWith("data:")).forEach(_ -> news.release());
            } catch (RuntimeException _) {
                // The one who waits looks once a second anyway, and says what does not answer.
            }
            try {
                Thread.sleep(AT_THE_LATEST);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    /** There is something to look at that Home does not know of. */
    public void nudge() {
        news.release();
    }

    /** Returns at the next news, or after a second. */
    public void await() throws InterruptedException {
        if (news.tryAcquire(AT_THE_LATEST.toMillis(), TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
