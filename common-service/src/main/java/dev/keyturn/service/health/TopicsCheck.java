package dev.keyturn.service.health;

import dev.keyturn.service.stop.RecordedStart;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Before anything is read: the topics are there, with the partitions that the catalogue says. Order
 * and stored positions depend on them, so with other counts the service does not start.
 */
@Readiness
@ApplicationScoped
public class TopicsCheck implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(TopicsCheck.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final Principal principal;
    private final AtomicBoolean there = new AtomicBoolean();

    TopicsCheck(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "keyturn.principal") Principal principal) {
        this.kafka = kafka;
        this.principal = principal;
    }

    /** Waits for the broker and the topics. Earlier than any channel. */
    void onStart(@Observes @Priority(1) StartupEvent event) throws InterruptedException {
        try (Admin admin = Admin.create(AdminConfig.of(kafka, LIMIT))) {
            while (!RecordedStart.isThis() && !isThere(admin)) {
                Thread.sleep(PAUSE);
            }
        }
        there.set(true);
    }

    private boolean isThere(Admin admin) throws InterruptedException {
        try {
            compare(
                    admin.describeTopics(topics().stream().map(Topic::name).toList())
                            .allTopicNames()
                            .get());
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException
                    || e.getCause() instanceof UnknownTopicOrPartitionException) {
                LOG.warnf("The broker or its topics are not there yet: cause=%s", e.getCause());
                return false;
            }
            throw new IllegalStateException(
                    "kafka: the topics must be visible to " + principal.user(), e.getCause());
        }
    }

    private void compare(Map<String, TopicDescription> found) {
        for (Topic topic : topics()) {
            int partitions = Objects.requireNonNull(found.get(topic.name())).partitions().size();
            if (partitions != topic.partitions()) {
                throw new IllegalStateException(
                        topic.name()
                                + ": must have "
                                + topic.partitions()
                                + " partitions, has "
                                + partitions);
            }
        }
    }

    private List<Topic> topics() {
        return Topics.all().stream()
                .filter(t -> t.readers().contains(principal) || t.writers().contains(principal))
                .toList();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("topics").status(there.get()).build();
    }
}
