package dev.keyturn.service.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * An administrative client's configuration: as the channels', without what only they understand.
 */
final class AdminConfig {

    private static final Duration ATTEMPT = Duration.ofSeconds(4);

    private AdminConfig() {}

    /**
     * @param limit how long an answer may take with all attempts
     */
    static Map<String, Object> of(Map<String, Object> kafka, Duration limit) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("request.timeout.ms", (int) ATTEMPT.toMillis());
        config.put("default.api.timeout.ms", (int) limit.toMillis());
        config.keySet().removeIf(k -> k.contains("serializer") || k.equals("group.id"));
        return config;
    }
}
