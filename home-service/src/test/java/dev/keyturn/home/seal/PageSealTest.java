package dev.keyturn.home.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.Envelope;
import dev.keyturn.seal.FleetKeys;
import dev.keyturn.seal.SealException;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page's own bundle seals, the worker's Java opens. */
class PageSealTest {

    private static final Path BUNDLE = Path.of("target/seal/seal.mjs");

    private final UUID id = UUID.randomUUID();

    @BeforeEach
    void bundleIsBuilt() {
        assumeTrue(Files.exists(BUNDLE), "the web UI was left out of the build (-Dskip.ui)");
    }

    @Test
    void codeThatThePageSealedOpensWithTheChallengesKeyForItsRoundOnly() throws Exception {
        ChallengeKey key = ChallengeKey.generate();
        String sealed =
                seal(
                        Map.of(
                                "kind",
                                "code",
                                "jwk",
                                key.publicJwk(),
                                "challenge",
                                id,
                                "round",
                                2,
                                "code",
                                "Ünïcode 123 456"));
        assertThat(Envelope.checkCode(sealed, id, 2)).isEmpty();
        assertThat(Envelope.checkCode(sealed, id, 1)).contains("kt-code: round must be 1, is 2");
        assertThat(key.open(sealed, id, 2).reveal()).isEqualTo("Ünïcode 123 456");
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> ChallengeKey.generate().open(sealed, id, 2));
    }

    @Test
    void credentialsThatThePageSealedOpenInTheFleetForTheirAccountAndConnectorOnly()
            throws Exception {
        FleetKeys fleet = FleetKeys.generate();
        Map<String, String> fields = Map.of("login", "ada", "password", "pässword \"quoted\"");
        String sealed =
                seal(
                        Map.of(
                                "kind",
                                "credentials",
                                "keys",
                                Json.mapper().readTree(fleet.publicKeys().json()),
                                "account",
                                id,
                                "connector",
                                "sandbox",
                                "fields",
                                fields));
        assertThat(Envelope.checkCredentials(sealed, id, "sandbox")).isEmpty();
        assertThat(fleet.openCredentials(sealed, id, "sandbox")).isEqualTo(fields);
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> fleet.openCredentials(sealed, id, "keycloak"));
    }

    private static String seal(Map<String, Object> order) throws IOException, InterruptedException {
        Process node =
                new ProcessBuilder("node", BUNDLE.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var in = node.getOutputStream()) {
            in.write(Json.mapper().writeValueAsBytes(order));
        }
        String sealed =
                new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isZero();
        return sealed;
    }
}
