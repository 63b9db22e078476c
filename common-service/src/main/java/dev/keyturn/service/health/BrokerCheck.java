package dev.keyturn.service.health;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ready while the broker answers. It is asked all the time, not when somebody asks for the health:
 * one that is silent would hold that up. Says nothing of liveness: a restart mends no outage.
 */
@Default
@Readiness
@ApplicationScoped
public class BrokerCheck implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(BrokerCheck.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A busy machine lets an answer wait for a second or two. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("broker-check").factory());
    private volatile boolean answers;
    private @Nullable Admin admin;

    BrokerCheck(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /** After {@link TopicsCheck}, which has waited for the broker's first answer. */
    void onStart(@Observes @Priority(2) StartupEvent event) {
        answers = true;
        Admin client = Admin.create(AdminConfig.of(kafka, LIMIT));
        admin = client;
        var _ =
                looks.scheduleWithFixedDelay(
                        () -> look(client), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void onStop(@Observes ShutdownEvent event) {
        looks.shutdownNow();
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    /** Whether it has answered lately. */
    public boolean answers() {
        return answers;
    }

    private void look(Admin client) {
        try {
            var _ =
                    client.describeCluster(
                                    new DescribeClusterOptions().timeoutMs((int) LIMIT.toMillis()))
                            .clusterId()
                            .get();
            if (!answers) {
                LOG.info("The broker answers again");
            }
            answers = true;
        } catch (ExecutionException e) {
            if (answers) {
                LOG.warnf("The broker does not answer: cause=%s", e.getCause());
            }
            answers = false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the service stops
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("broker").status(answers).build();
    }
}
