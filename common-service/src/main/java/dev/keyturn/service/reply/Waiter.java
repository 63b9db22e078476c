package dev.keyturn.service.reply;

import dev.keyturn.replies.Reply;
import dev.keyturn.service.threads.Threads;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** One who waits for the replies to one correlation id. Closed on every end of the wait. */
public final class Waiter implements AutoCloseable {

    private final PendingReplies pending;
    private final Threads threads;
    private final String correlationId;
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

    Waiter(PendingReplies pending, Threads threads, String correlationId) {
        this.pending = pending;
        this.threads = threads;
        this.correlationId = correlationId;
    }

    /**
     * The next reply; absent if none came in this time. Parks a virtual thread and holds nothing
     * else.
     */
    public @Nullable Reply next(Duration limit) throws InterruptedException {
        return threads.poll(replies, limit);
    }

    void offer(Reply reply) {
        replies.add(reply);
    }

    @Override
    public void close() {
        pending.unregister(correlationId, this);
    }
}
