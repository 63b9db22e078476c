package dev.keyturn.twofa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwofaConfigTest {

    private static TwofaConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(TwofaConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(TwofaConfig.class);
    }

    @Test
    void defaultsAreThese() {
        TwofaConfig config = config(Map.of());
        assertThat(config.expiryGrace()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.sweepInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.retention()).isEqualTo(Duration.ofDays(2));
        assertThat(config.retentionInterval()).isEqualTo(Duration.ofMinutes(10));
        assertThatCode(() -> ConfigBounds.check(config)).doesNotThrowAnyException();
    }

    @Test
    void everyPropertyIsRead() {
        TwofaConfig config =
                config(
                        Map.of(
                                "keyturn.twofa.expiry-grace", "2s",
                                "keyturn.twofa.sweep-interval", "1s",
                                "keyturn.twofa.retention", "3d",
                                "keyturn.twofa.retention-interval", "5m"));
        assertThat(config.expiryGrace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.sweepInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.retention()).isEqualTo(Duration.ofDays(3));
        assertThat(config.retentionInterval()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({
        "expiry-grace,11s,between PT0S and PT10S",
        "sweep-interval,49ms,between PT0.05S and PT10S",
        "sweep-interval,11s,between PT0.05S and PT10S",
        "retention,24h,between PT25H and PT720H",
        "retention,31d,between PT25H and PT720H",
        "retention-interval,0s,between PT1S and PT24H",
        "retention-interval,2d,between PT1S and PT24H",
    })
    void whatIsOutOfBoundsIsNamedWithWhatIsExpected(String key, String value, String expected) {
        assertThatThrownBy(() -> ConfigBounds.check(config(Map.of("keyturn.twofa." + key, value))))
                .hasMessageStartingWith("keyturn.twofa." + key + "=")
                .hasMessageEndingWith(": must be " + expected);
    }
}
