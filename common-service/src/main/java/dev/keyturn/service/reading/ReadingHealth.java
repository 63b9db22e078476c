package dev.keyturn.service.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while what is read can be applied. Says nothing of liveness: a restart mends no outage. */
@Default
@Readiness
@ApplicationScoped
public class ReadingHealth implements HealthCheck {

    private final ConcurrentMap<String, String> failing = new ConcurrentHashMap<>();

    /** A batch of this topic cannot be applied now. */
    public void failing(String topic, String why) {
        failing.put(topic, why);
    }

    /** A batch of this topic was applied. */
    public void working(String topic) {
        failing.remove(topic);
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("reading").status(failing.isEmpty());
        Map.copyOf(failing)
                .keySet()
                .forEach(topic -> response.withData(topic, "cannot be applied"));
        return response.build();
    }
}
