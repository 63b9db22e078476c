package dev.keyturn.home.config;

import dev.keyturn.home.login.LoginConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Stops the start with one line that names what is set wrong. */
@ApplicationScoped
public class ConfigCheck {

    private static final String PREFIX = "keyturn.home.";

    private final HomeConfig config;
    private final LoginConfig login;

    ConfigCheck(HomeConfig config, LoginConfig login) {
        this.config = config;
        this.login = login;
    }

    void onStart(@Observes @Priority(0) StartupEvent event) {
        check(config, login);
    }

    /**
     * Checks every bound.
     *
     * @throws IllegalArgumentException that names the property, its value and what was expected
     */
    static void check(HomeConfig config, LoginConfig login) {
        within(
                "login-link-lifetime",
                login.loginLinkLifetime(),
                Duration.ofMinutes(1),
                Duration.ofHours(1));
        within(
                "session-lifetime",
                login.sessionLifetime(),
                Duration.ofMinutes(5),
                Duration.ofDays(90));
        within("not-after", config.notAfter(), Duration.ofMinutes(1), Duration.ofHours(12));
        within("longest", config.longest(), Duration.ofMinutes(1), Duration.ofHours(12));
        within("verdict", config.verdict(), Duration.ofMillis(100), Duration.ofSeconds(20));
        within("heartbeat", config.heartbeat(), Duration.ofSeconds(1), Duration.ofSeconds(30));
        within("unread", config.unread(), Duration.ofSeconds(1), Duration.ofMinutes(5));
        within("resend", config.resend(), Duration.ofMinutes(1), Duration.ofHours(12));
        within("open-runs", config.openRuns(), 10_000);
        within("answers-per-second", config.answersPerSecond(), 100_000);
        within("streams", config.streams(), 10_000);
    }

    private static void within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw wrong(name, value, "between 1 and " + most);
        }
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw wrong(name, value, "between " + least + " and " + most);
        }
    }

    private static IllegalArgumentException wrong(String name, Object value, String expected) {
        return new IllegalArgumentException(PREFIX + name + "=" + value + ": must be " + expected);
    }
}
