package dev.keyturn.twofa.config;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Wrong configuration stops the start, with one line that says what is expected. */
@ApplicationScoped
public class ConfigBounds {

    private final TwofaConfig config;

    ConfigBounds(TwofaConfig config) {
        this.config = config;
    }

    /** Before anything else is started. */
    void onStart(@Observes @Priority(0) StartupEvent event) {
        check(config);
    }

    static void check(TwofaConfig config) {
        within("expiry-grace", config.expiryGrace(), Duration.ZERO, Duration.ofSeconds(10));
        within(
                "sweep-interval",
                config.sweepInterval(),
                Duration.ofMillis(50),
                Duration.ofSeconds(10));
        within("retention", config.retention(), Duration.ofHours(25), Duration.ofDays(30));
        within(
                "retention-interval",
                config.retentionInterval(),
                Duration.ofSeconds(1),
                Duration.ofDays(1));
    }

    private static void within(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "keyturn.twofa."
                            + key
                            + "="
                            + value
                            + ": must be between "
                            + least
                            + " and "
                            + most);
        }
    }
}
