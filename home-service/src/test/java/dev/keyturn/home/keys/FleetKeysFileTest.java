package dev.keyturn.home.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.FleetKeys;
import dev.keyturn.seal.SealException;
import dev.keyturn.seal.SealTo;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetKeysFileTest {

    /** A clock that the test moves. */
    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-03-01T10:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @TempDir Path folder;
    private final Hand clock = new Hand();
    private final FleetKeys first = FleetKeys.generate();
    private final FleetKeys second = FleetKeys.generate();

    @Test
    void aNewKeyIsTrustedAtOnceAndGivenOutAfterAMinute() throws IOException, SealException {
        FleetKeysFile file = file(first);
        write(second);
        clock.move(Duration.ofSeconds(1));

        assertThat(file.current().verify(signed(second))).isNotNull();
        assertThat(file.givenOut()).isEqualTo(first.publicKeys().json());
        clock.move(Duration.ofMillis(59_999));
        assertThat(file.givenOut()).isEqualTo(first.publicKeys().json());
        clock.move(Duration.ofMillis(1));
        assertThat(file.givenOut()).isEqualTo(second.publicKeys().json());
    }

    @Test
    void aNewKeyIsTooYoungForAHomeThatStartsRightAfterTheRotationToo() throws IOException {
        FleetKeys rotated = first.rotated(clock.instant());
        FleetKeysFile file = file(rotated);
        String oldKid = first.list().getFirst().kid();
        String newKid = rotated.list().getFirst().kid();
        assertThat(kidToSealTo(file)).isEqualTo(oldKid);
        clock.move(Duration.ofMinutes(1));
        assertThat(kidToSealTo(file)).isEqualTo(newKid);
    }

    /** As the page takes it: the first for sealing. */
    private static String kidToSealTo(FleetKeysFile file) throws IOException {
        for (JsonNode key : Json.mapper().readTree(file.givenOut()).path("keys")) {
            if (key.path("use").asText().equals("enc")) {
                return key.path("kid").asText();
            }
        }
        return "none";
    }

    @Test
    void aFileThatIsBrokenLeavesTheFormerKeys() throws IOException {
        FleetKeysFile file = file(first);
        Files.writeString(path(), "{");
        clock.move(Duration.ofHours(1));

        assertThat(file.givenOut()).isEqualTo(first.publicKeys().json());
    }

    @Test
    void withoutAFileThereIsNoStart() {
        assertThatThrownBy(() -> new FleetKeysFile(path(), Duration.ofMinutes(1), clock))
                .hasMessageContaining("fleet.json");
    }

    private FleetKeysFile file(FleetKeys keys) throws IOException {
        write(keys);
        return new FleetKeysFile(path(), Duration.ofMinutes(1), clock);
    }

    private void write(FleetKeys keys) throws IOException {
        Files.writeString(path(), keys.publicKeys().json());
    }

    private Path path() {
        return folder.resolve("fleet.json");
    }

    private static String signed(FleetKeys keys) {
        return keys.signSealTo(
                new SealTo(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        ChallengeKey.generate().publicJwk()));
    }
}
