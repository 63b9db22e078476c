package dev.keyturn.service.reply;

import dev.keyturn.wire.Topics;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks where the reply consumer stands: one that is assigned by hand tells nobody when it is
 * positioned anew.
 */
@ApplicationScoped
@IfBuildProperty(name = "keyturn.replies.enabled", stringValue = "true")
public class ReplyWatch {

    private static final Logger LOG = Logger.getLogger(ReplyWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final KafkaClientService clients;
    private final PendingReplies pending;
    private final TopicPartition partition;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("reply-watch").factory());

    ReplyWatch(
            KafkaClientService clients,
            PendingReplies pending,
            @ConfigProperty(name = ReplyPartition.PROPERTY) int partition) {
        this.clients = clients;
        this.pending = pending;
        this.partition = new TopicPartition(Topics.REPLIES.name(), partition);
    }

    void onStart(@Observes StartupEvent event) {
        var _ =
                looks.scheduleWithFixedDelay(
                        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void onStop(@Observes ShutdownEvent event) {
        looks.shutdownNow();
    }

    private void look() {
        @Nullable KafkaConsumer<Object, Object> consumer = clients.getConsumer("replies-in");
        if (consumer == null) {
            return;
        }
        try {
            pending.isAt(
                    consumer.runOnPollingThread(
                                    c -> {
                                        return c.position(partition, LIMIT);
                                    })
                            .await()
                            .atMost(LIMIT.multipliedBy(2)));
        } catch (RuntimeException e) {
            LOG.debugf("The position of the replies cannot be read now: cause=%s", e);
        }
    }
}
