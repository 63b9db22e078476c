package dev.keyturn.worker.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether a configuration can be used; what is wrong with it names key, value and range. */
public final class ConfigCheck {

    private static final String PREFIX = "keyturn.worker.";

    private final List<String> problems = new ArrayList<>();

    private ConfigCheck() {}

    /**
     * Checks all of it.
     *
     * @throws IllegalArgumentException one line with all that is wrong
     */
    public static void check(WorkerConfig config) {
        ConfigCheck check = new ConfigCheck();
        check.number("slots", config.slots(), 1, 1_000);
        check.number("max-waiting", config.maxWaiting(), 1, 100_000);
        check.time("lease", config.lease(), Duration.ofSeconds(2), Duration.ofMinutes(5));
        check.time(
                "heartbeat",
                config.heartbeat(),
                Duration.ofMillis(200),
                config.lease().dividedBy(3));
        check.time("stop-within", config.stopWithin(), Duration.ZERO, Duration.ofSeconds(60));
        if (!check.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", check.problems));
        }
    }

    private void number(String key, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add(outside(key, value, least, most));
        }
    }

    private void time(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(outside(key, text(value), text(least), text(most)));
        }
    }

    private static String outside(String key, Object value, Object least, Object most) {
        return PREFIX + key + "=" + value + ": must be between " + least + " and " + most;
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1_000 == 0
                ? duration.toSeconds() + "s"
                : duration.toMillis() + "ms";
    }
}
