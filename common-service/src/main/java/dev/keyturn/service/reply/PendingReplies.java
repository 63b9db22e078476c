package dev.keyturn.service.reply;

import dev.keyturn.replies.Reply;
import dev.keyturn.service.threads.Threads;
import dev.keyturn.wire.ReplyAddress;
import dev.keyturn.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for what. A reply is a wake-up, not the truth: asking again gives the same answer
 * again, so that one which is lost here is lost for nobody.
 */
@ApplicationScoped
public class PendingReplies {

    private static final Logger LOG = Logger.getLogger(PendingReplies.class);
    private static final int REMEMBERED = 10_000;

    private final int partition;
    private final Threads threads;
    private final MeterRegistry metrics;
    private final ConcurrentMap<String, Waiter> waiters = new ConcurrentHashMap<>();
    private final Set<String> closed = Collections.synchronizedSet(lastOnes());
    private final AtomicReference<ReadThrough> readThrough =
            new AtomicReference<>(ReadThrough.unknown());

    PendingReplies(
            @ConfigProperty(name = ReplyPartition.PROPERTY) int partition,
            Threads threads,
            MeterRegistry metrics) {
        this.partition = partition;
        this.threads = threads;
        this.metrics = metrics;
    }

    /**
     * Begins to wait: to be called before the request is sent.
     *
     * @throws IllegalStateException if somebody waits for this id already
     */
    public Waiter register(String correlationId) {
        Waiter waiter = new Waiter(this, threads, correlationId);
        if (waiters.putIfAbsent(correlationId, waiter) != null) {
            throw new IllegalStateException(correlationId + ": must be waited for only once");
        }
        return waiter;
    }

    /** Where this instance is reached. */
    public ReplyAddress address(String correlationId) {
        return new ReplyAddress(partition, correlationId);
    }

    /** Who waits for this id; absent if nobody does, which is counted by its likely cause. */
    @Nullable Waiter waiterFor(@Nullable String correlationId) {
        @Nullable Waiter waiter = correlationId == null ? null : waiters.get(correlationId);
        if (waiter == null) {
            metrics.counter("keyturn.replies.skipped", "why", whyNobody(correlationId)).increment();
        }
        return waiter;
    }

    /**
     * Grows each time replies may have gone by unread, since the consumer was positioned anew:
     * whoever waits asks again.
     */
    public int gaps() {
        return readThrough.get().gaps();
    }

    void wasRead(long offset) {
        tell(readThrough.getAndUpdate(r -> r.read(offset)));
    }

    void isAt(long position) {
        tell(readThrough.getAndUpdate(r -> r.looked(position)));
    }

    private void tell(ReadThrough before) {
        if (gaps() > before.gaps()) {
            LOG.warnf(
                    "Replies may have gone by unread, what waits asks again: topic=%s partition=%d"
                            + " expectedOffset=%d",
                    Topics.REPLIES.name(), partition, before.next());
        }
    }

    void deliver(Waiter waiter, Reply reply) {
        waiter.offer(reply);
    }

    void unregister(String correlationId, Waiter waiter) {
        if (waiters.remove(correlationId, waiter)) {
            closed.add(correlationId);
        }
    }

    private String whyNobody(@Nullable String correlationId) {
        if (correlationId == null) {
            return "no-correlation-id";
        }
        return closed.contains(correlationId) ? "late" : "foreign";
    }

    private static Set<String> lastOnes() {
        return Collections.newSetFromMap(
                new LinkedHashMap<>() {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                        return size() > REMEMBERED;
                    }
                });
    }
}
