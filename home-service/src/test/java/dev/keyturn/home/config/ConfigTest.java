package dev.keyturn.home.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.home.login.LoginConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {

    @Test
    void theDefaultsAreThese() {
        SmallRyeConfig config = config(Map.of());
        HomeConfig home = config.getConfigMapping(HomeConfig.class);
        LoginConfig login = config.getConfigMapping(LoginConfig.class);

        assertThat(home.openRuns()).isEqualTo(100);
        assertThat(home.answersPerSecond()).isEqualTo(20);
        assertThat(home.streams()).isEqualTo(20);
        assertThat(home.notAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(home.longest()).isEqualTo(Duration.ofHours(1));
        assertThat(home.verdict()).isEqualTo(Duration.ofSeconds(5));
        assertThat(home.heartbeat()).isEqualTo(Duration.ofSeconds(10));
        assertThat(home.unread()).isEqualTo(Duration.ofSeconds(30));
        assertThat(home.resend()).isEqualTo(Duration.ofHours(1));
        assertThat(login.loginLinkLifetime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(login.sessionLifetime()).isEqualTo(Duration.ofDays(30));
        assertThat(login.launcherTokenFile()).isEqualTo(Path.of("token"));
        ConfigCheck.check(home, login);
    }

    @ParameterizedTest
    @CsvSource({
        "open-runs, 0",
        "open-runs, 10001",
        "answers-per-second, 0",
        "answers-per-second, 100001",
        "streams, 0",
        "streams, 10001",
        "not-after, 59s",
        "not-after, 13h",
        "longest, 59s",
        "longest, 13h",
        "verdict, 99ms",
        "verdict, 21s",
        "heartbeat, 999ms",
        "heartbeat, 31s",
        "unread, 999ms",
        "unread, 6m",
        "resend, 59s",
        "resend, 13h",
        "login-link-lifetime, 59s",
        "login-link-lifetime, 61m",
        "session-lifetime, 4m",
        "session-lifetime, 91d"
    })
    void aValueOutOfItsRangeStopsTheStartAndIsNamed(String name, String value) {
        SmallRyeConfig config = config(Map.of("keyturn.home." + name, value));

        assertThatThrownBy(
                        () ->
                                ConfigCheck.check(
                                        config.getConfigMapping(HomeConfig.class),
                                        config.getConfigMapping(LoginConfig.class)))
                .hasMessageStartingWith("keyturn.home." + name + "=")
                .hasMessageContaining("must be between");
    }

    private static SmallRyeConfig config(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(more);
        properties.put("keyturn.home.base-url", "http://127.0.0.1:7700");
        properties.put("keyturn.home.launcher-token-file", "token");
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(HomeConfig.class)
                .withMapping(LoginConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }
}
