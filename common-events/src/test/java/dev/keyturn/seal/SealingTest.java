package dev.keyturn.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWEObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SealingTest {

    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final UUID RUN = UUID.randomUUID();
    private static final UUID CHALLENGE = UUID.randomUUID();
    private static final Map<String, String> FIELDS =
            Map.of("login", "ada", "password", "pässwörd ✓");

    private final FleetKeys fleet = FleetKeys.generate();

    record AmongWorkers(SealedKind kind, Binding binding, Binding other) {}

    static Stream<AmongWorkers> amongWorkers() {
        UUID another = UUID.randomUUID();
        return Stream.of(
                new AmongWorkers(
                        SealedKind.SESSION,
                        Binding.session(ACCOUNT, 1),
                        Binding.session(ACCOUNT, 2)),
                new AmongWorkers(
                        SealedKind.SESSION,
                        Binding.session(ACCOUNT, 1),
                        Binding.session(another, 1)),
                new AmongWorkers(
                        SealedKind.STEP, Binding.step(RUN, "login"), Binding.step(RUN, "list")),
                new AmongWorkers(
                        SealedKind.STEP,
                        Binding.step(RUN, "login"),
                        Binding.step(another, "login")),
                new AmongWorkers(
                        SealedKind.CHALLENGE_KEY,
                        Binding.challengeKey(RUN, CHALLENGE),
                        Binding.challengeKey(RUN, another)),
                new AmongWorkers(
                        SealedKind.KEPT,
                        Binding.credentials(ACCOUNT, "sandbox"),
                        Binding.credentials(ACCOUNT, "keycloak")));
    }

    @ParameterizedTest
    @MethodSource("amongWorkers")
    void whatAWorkerSealsAWorkerOpensForTheSameThingOnly(AmongWorkers sealed) throws Exception {
        byte[] plain = "cookies".getBytes(StandardCharsets.UTF_8);
        String jwe = fleet.seal(sealed.kind(), sealed.binding(), plain);
        assertThat(fleet.open(sealed.kind(), sealed.binding(), jwe)).isEqualTo(plain);
        assertThatThrownBy(() -> fleet.open(sealed.kind(), sealed.other(), jwe))
                .isInstanceOf(SealException.class)
                .hasMessageStartingWith(sealed.kind().typ() + ": ");
        assertThatThrownBy(() -> FleetKeys.generate().open(sealed.kind(), sealed.binding(), jwe))
                .hasMessage("kid: must be one of the fleet's secret keys");
        assertHeader(jwe, "dir", sealed.kind().typ());
    }

    @Test
    void theSameTextSealedTwiceLooksDifferent() {
        Binding binding = Binding.step(RUN, "login");
        assertThat(fleet.seal(SealedKind.STEP, binding, new byte[10]))
                .isNotEqualTo(fleet.seal(SealedKind.STEP, binding, new byte[10]));
    }

    @Test
    void credentialsAreSealedWithThePublicKeysAndOpenedByTheFleet() throws Exception {
        FleetPublicKeys published = FleetPublicKeys.parse(fleet.publicKeys().json());
        String jwe = published.sealCredentials(FIELDS, ACCOUNT, "sandbox");
        assertThat(fleet.openCredentials(jwe, ACCOUNT, "sandbox")).isEqualTo(FIELDS);
        assertThat(Envelope.checkCredentials(jwe, ACCOUNT, "sandbox")).isEmpty();
        assertThatThrownBy(() -> fleet.openCredentials(jwe, ACCOUNT, "keycloak"))
                .hasMessage("kt-credentials: connector must be keycloak, is sandbox");
        assertThatThrownBy(() -> fleet.openCredentials(jwe, RUN, "sandbox"))
                .hasMessage("kt-credentials: account must be " + RUN + ", is " + ACCOUNT);
        assertThatThrownBy(() -> FleetKeys.generate().openCredentials(jwe, ACCOUNT, "sandbox"))
                .hasMessage("kt-credentials: kid must be the fleet's");
        assertHeader(jwe, "ECDH-ES", "kt-credentials");
    }

    @Test
    void aCodeIsOpenedByItsChallengeInItsRoundOnly() throws Exception {
        ChallengeKey key = ChallengeKey.fromPrivateJson(ChallengeKey.generate().privateJson());
        String jwe = ChallengeKey.seal(key.publicJwk(), "493817", CHALLENGE, 2);
        assertThat(key.open(jwe, CHALLENGE, 2).reveal()).isEqualTo("493817");
        assertThat(Envelope.checkCode(jwe, CHALLENGE, 2)).isEmpty();
        assertThat(Envelope.checkCode(jwe, CHALLENGE, 3))
                .contains("kt-code: round must be 3, is 2");
        assertThatThrownBy(() -> key.open(jwe, CHALLENGE, 3))
                .hasMessage("kt-code: round must be 3, is 2");
        assertThatThrownBy(() -> key.open(jwe, RUN, 2))
                .hasMessage("kt-code: challenge must be " + RUN + ", is " + CHALLENGE);
        assertThatThrownBy(() -> ChallengeKey.generate().open(jwe, CHALLENGE, 2))
                .hasMessageStartingWith("kt-code: kid must be ");
        assertHeader(jwe, "ECDH-ES", "kt-code");
    }

    @Test
    void thePublicHalfHoldsNothingPrivate() {
        assertThat(ChallengeKey.generate().publicJwk()).doesNotContainKey("d");
        assertThat(fleet.publicKeys().json()).doesNotContain("\"d\"", "\"k\"", "\"oct\"");
    }

    private static void assertHeader(String jwe, String algorithm, String typ) throws Exception {
        var header = JWEObject.parse(jwe).getHeader();
        assertThat(header.getAlgorithm().getName()).isEqualTo(algorithm);
        assertThat(header.getEncryptionMethod().getName()).isEqualTo("A256GCM");
        assertThat(header.getType().getType()).isEqualTo(typ);
        assertThat(header.getCompressionAlgorithm()).isNull();
    }
}
