package dev.keyturn.service.reply;

import dev.keyturn.wire.Topics;
import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Ready once the reply consumer has a position: before that a reply could be missed. */
@Default
@Readiness
@ApplicationScoped
@IfBuildProperty(name = "keyturn.replies.enabled", stringValue = "true")
public class ReplyHealth implements AsyncHealthCheck {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final KafkaClientService clients;
    private final TopicPartition partition;
    private final AtomicBoolean positioned = new AtomicBoolean();

    ReplyHealth(
            KafkaClientService clients,
            @ConfigProperty(name = ReplyPartition.PROPERTY) int partition) {
        this.clients = clients;
        this.partition = new TopicPartition(Topics.REPLIES.name(), partition);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return isPositioned()
                .map(
                        up ->
                                HealthCheckResponse.named("replies")
                                        .status(up)
                                        .withData("partition", partition.partition())
                                        .build());
    }

    /**
     * Whether the consumer has its position. Once it has, it keeps it: the assignment is by hand.
     */
    public Uni<Boolean> isPositioned() {
        @Nullable KafkaConsumer<Object, Object> consumer = clients.getConsumer("replies-in");
        if (positioned.get()) {
            return Uni.createFrom().item(true);
        }
        if (consumer == null) {
            return Uni.createFrom().item(false);
        }
        return consumer.runOnPollingThread(
                        c -> {
                            return c.assignment().contains(partition)
                                    && c.position(partition, LIMIT) >= 0;
                        })
                .onFailure()
                .recoverWithItem(false)
                .ifNoItem()
                .after(LIMIT)
                .recoverWithItem(false)
                .invoke(
                        up -> {
                            if (up) {
                                positioned.set(true);
                            }
                        });
    }
}
