package dev.keyturn.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.sandbox.code.Codes;
import dev.keyturn.sandbox.signin.Step;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Codes CODES = () -> "123456";

    @TempDir Path folder;

    @Test
    void sessionsLocksAndPagesOutliveARestart() {
        var before = start();
        before.sessions().open("token", "emil", NOW);
        before.signIns().password("visit", "ada", "sandbox", "/", NOW);
        before.signIns().send("visit", NOW);
        for (int i = 0; i < 5; i++) {
            before.signIns().code("visit", "wrong", NOW);
        }
        before.signIns().password("app", "cleo", "sandbox", "/", NOW);
        var used = before.appCodes().code("cleo", NOW.getEpochSecond() / 30);
        before.signIns().code("app", used, NOW);
        before.onStop(new ShutdownEvent());

        var after = start();
        assertThat(after.sessions().user("token", NOW)).get().extracting("login").isEqualTo("emil");
        assertThat(after.sessions().user("other", NOW)).isEmpty();
        assertThat(after.signIns().password("visit", "ada", "sandbox", "/", NOW))
                .isInstanceOf(Step.Locked.class);
        after.signIns().password("app", "cleo", "sandbox", "/", NOW);
        assertThat(after.signIns().code("app", used, NOW)).isInstanceOf(Step.EnterCode.class);
        assertThat(after.csrf().key()).isEqualTo(before.csrf().key());
        after.onStop(new ShutdownEvent());
    }

    @Test
    void defaultsAreAsDocumented() {
        var config = config(Map.of());

        assertThat(config.data()).isEmpty();
        assertThat(config.codeLife()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.resendAfter()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.wrongCodes()).isEqualTo(5);
        assertThat(config.lock()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.signInLife()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.sessionLife()).isEqualTo(Duration.ofDays(30));
        assertThat(config.slow()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.logSize()).isEqualTo(200_000);
    }

    @ParameterizedTest
    @CsvSource({
        "code-life, 0S",
        "resend-after, 2H",
        "wrong-codes, 0",
        "lock, 2D",
        "sign-in-life, 0S",
        "session-life, 401D",
        "slow, 11M",
        "log-size, 0"
    })
    void wrongSettingIsNamed(String key, String value) {
        assertThatThrownBy(() -> site(Map.of("keyturn.sandbox." + key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("keyturn.sandbox." + key + "=")
                .hasMessageContaining("must be between");
    }

    private Site start() {
        var site = site(Map.of("keyturn.sandbox.data", folder.toString()));
        site.onStart(new StartupEvent());
        return site;
    }

    private static Site site(Map<String, String> settings) {
        return new Site(config(settings), Clock.fixed(NOW, ZoneOffset.UTC), CODES);
    }

    private static SandboxConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(SandboxConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(SandboxConfig.class);
    }
}
