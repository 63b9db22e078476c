package dev.keyturn.service.reply;

import dev.keyturn.replies.Reply;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.ReplyAddress;
import dev.keyturn.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * This instance's partition of the reply topic. What is not its own is skipped before its value is
 * decoded.
 */
@ApplicationScoped
@IfBuildProperty(name = "keyturn.replies.enabled", stringValue = "true")
public class RepliesIn {

    private final PendingReplies pending;
    private final MeterRegistry metrics;

    RepliesIn(PendingReplies pending, MeterRegistry metrics) {
        this.pending = pending;
        this.metrics = metrics;
    }

    /** Wakes who waits for it. */
    @Incoming("replies-in")
    public void onReply(ConsumerRecord<String, byte[]> record) {
        pending.wasRead(record.offset());
        if (record.headers().lastHeader(ReplyAddress.TOPIC) != null) {
            metrics.counter("keyturn.replies.skipped", "why", "is-a-request").increment();
            return;
        }
        @Nullable Waiter waiter = pending.waiterFor(ReplyAddress.correlationId(record.headers()));
        if (waiter == null) {
            return;
        }
        if (Codec.decode(Topics.REPLIES, record.headers(), record.value())
                        instanceof Decoded.Known known
                && known.message() instanceof Reply reply) {
            pending.deliver(waiter, reply);
        } else {
            metrics.counter("keyturn.replies.skipped", "why", "undecodable").increment();
        }
    }
}
