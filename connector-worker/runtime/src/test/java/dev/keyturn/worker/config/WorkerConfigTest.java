package dev.keyturn.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerConfigTest {

    @Test
    void whatNobodySetsHasItsDefault() {
        WorkerConfig config = config(Map.of());
        assertThat(config.slots()).isEqualTo(4);
        assertThat(config.maxWaiting()).isEqualTo(1_000);
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.stopWithin()).isEqualTo(Duration.ofSeconds(8));
        assertThat(config.allowedNetworks()).isEmpty();
        assertThat(config.allowPlainHttp()).isFalse();
        assertThat(config.connector()).isEmpty();
        ConfigCheck.check(config);
    }

    @Test
    void everythingCanBeSet() {
        WorkerConfig config =
                config(
                        Map.of(
                                "slots", "7",
                                "max-waiting", "70",
                                "lease", "30s",
                                "heartbeat", "5s",
                                "stop-within", "3s",
                                "allowed-networks", "127.0.0.0/8,::1/128",
                                "allow-plain-http", "true",
                                "connector.sandbox.site", "http://localhost:1",
                                "connector.sandbox.other-one", "x"));
        assertThat(config.connectorsFolder()).isEqualTo(Path.of("/connectors"));
        assertThat(config.slots()).isEqualTo(7);
        assertThat(config.maxWaiting()).isEqualTo(70);
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.stopWithin()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.allowedNetworks()).hasValue(List.of("127.0.0.0/8", "::1/128"));
        assertThat(config.allowPlainHttp()).isTrue();
        assertThat(config.connector())
                .isEqualTo(
                        Map.of("sandbox", Map.of("site", "http://localhost:1", "other-one", "x")));
        ConfigCheck.check(config);
    }

    @ParameterizedTest
    @CsvSource({
        "slots,0,keyturn.worker.slots=0: must be between 1 and 1000",
        "slots,1001,keyturn.worker.slots=1001: must be between 1 and 1000",
        "max-waiting,0,keyturn.worker.max-waiting=0: must be between 1 and 100000",
        "lease,1s,keyturn.worker.lease=1s: must be between 2s and 300s",
        "heartbeat,4s,keyturn.worker.heartbeat=4s: must be between 200ms and 3s",
        "stop-within,61s,keyturn.worker.stop-within=61s: must be between 0s and 60s",
    })
    void whatIsOutOfBoundsIsNamedWithItsRange(String key, String value, String message) {
        assertThatThrownBy(() -> ConfigCheck.check(config(Map.of(key, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static WorkerConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        settings.forEach((key, value) -> all.put("keyturn.worker." + key, value));
        all.put("keyturn.worker.connectors-folder", "/connectors");
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(WorkerConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(WorkerConfig.class);
    }
}
