package dev.keyturn.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is not of the two profiles is refused before anything is decrypted. */
class TamperingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID CHALLENGE = UUID.randomUUID();
    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final String CODE = "493817";

    private static final ChallengeKey KEY = ChallengeKey.generate();
    private static final FleetKeys FLEET = FleetKeys.generate();

    record Case(String name, UnaryOperator<String> damage, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case header(String name, Consumer<ObjectNode> damage, String message) {
        return new Case(name, jwe -> withHeader(jwe, damage), message);
    }

    private static Case part(String name, int part, UnaryOperator<String> damage, String message) {
        return new Case(
                name,
                jwe -> {
                    String[] parts = jwe.split("\\.", -1);
                    parts[part] = damage.apply(parts[part]);
                    return String.join(".", parts);
                },
                message);
    }

    private static String withHeader(String jwe, Consumer<ObjectNode> damage) {
        try {
            String[] parts = jwe.split("\\.", -1);
            ObjectNode header = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
            damage.accept(header);
            parts[0] = base64(header.toString());
            return String.join(".", parts);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Case> unread() throws Exception {
        ECKey otherCurve = new ECKeyGenerator(Curve.P_384).generate();
        String none = "kt-code: must be a compact JWE";
        return Stream.of(
                header("zip", h -> h.put("zip", "DEF"), "kt-code: its header must have no zip"),
                header(
                        "crit",
                        h -> h.putArray("crit").add("round"),
                        "kt-code: its header must have no crit"),
                header("apu", h -> h.put("apu", "QQ"), "kt-code: its header must have no apu"),
                header("apv", h -> h.put("apv", "QQ"), "kt-code: its header must have no apv"),
                header(
                        "jku",
                        h -> h.put("jku", "https://a.example"),
                        "kt-code: its header must have no jku"),
                header(
                        "jwk",
                        h -> h.set("jwk", h.get("epk")),
                        "kt-code: its header must have no jwk"),
                header("cty", h -> h.put("cty", "JWT"), "kt-code: its header must have no cty"),
                header(
                        "a member of one's own",
                        h -> h.put("mine", "1"),
                        "kt-code: its header must have no mine"),
                header("no alg", h -> h.remove("alg"), "kt-code: alg must be ECDH-ES, is none"),
                header("alg none", h -> h.put("alg", "none"), none),
                header("alg dir", h -> h.put("alg", "dir"), "kt-code: alg must be ECDH-ES, is dir"),
                header(
                        "alg with key wrap",
                        h -> h.put("alg", "ECDH-ES+A256KW"),
                        "kt-code: alg must be ECDH-ES, is ECDH-ES+A256KW"),
                header(
                        "alg RSA",
                        h -> h.put("alg", "RSA1_5"),
                        "kt-code: alg must be ECDH-ES, is RSA1_5"),
                header(
                        "alg of a password",
                        h -> h.put("alg", "PBES2-HS256+A128KW"),
                        "kt-code: alg must be ECDH-ES, is PBES2-HS256+A128KW"),
                header(
                        "alg HS256",
                        h -> h.put("alg", "HS256"),
                        "kt-code: alg must be ECDH-ES, is HS256"),
                header("no enc", h -> h.remove("enc"), none),
                header(
                        "enc of 128 bits",
                        h -> h.put("enc", "A128GCM"),
                        "kt-code: enc must be A256GCM, is A128GCM"),
                header(
                        "enc CBC",
                        h -> h.put("enc", "A256CBC-HS512"),
                        "kt-code: enc must be A256GCM, is A256CBC-HS512"),
                header("no typ", h -> h.remove("typ"), "kt-code: typ must be kt-code, is none"),
                header(
                        "other typ",
                        h -> h.put("typ", "kt-credentials"),
                        "kt-code: typ must be kt-code, is kt-credentials"),
                header(
                        "typ that writes to the terminal",
                        h -> h.put("typ", "\u001b[2J" + "x".repeat(100)),
                        "kt-code: typ must be kt-code, is ?[2J" + "x".repeat(56) + "…"),
                header("no kid", h -> h.remove("kid"), "kt-code: its header must have a kid"),
                header("empty kid", h -> h.put("kid", ""), "kt-code: its header must have a kid"),
                header(
                        "other challenge",
                        h -> h.put("challenge", ACCOUNT.toString()),
                        "kt-code: challenge must be " + CHALLENGE + ", is " + ACCOUNT),
                header(
                        "no challenge",
                        h -> h.remove("challenge"),
                        "kt-code: challenge must be " + CHALLENGE + ", is null"),
                header("other round", h -> h.put("round", 2), "kt-code: round must be 1, is 2"),
                header("no round", h -> h.remove("round"), "kt-code: round must be 1, is null"),
                header("no epk", h -> h.remove("epk"), "kt-code: epk must be on P-256"),
                header(
                        "epk on another curve",
                        h ->
                                h.set(
                                        "epk",
                                        JSON.valueToTree(otherCurve.toPublicJWK().toJSONObject())),
                        "kt-code: epk must be on P-256"),
                header(
                        "epk that is no point",
                        h -> ((ObjectNode) h.get("epk")).put("x", base64("no point of the curve")),
                        none),
                header(
                        "epk that is no key",
                        h -> h.putObject("epk").put("kty", "oct").put("k", "QQ"),
                        none),
                part("an encrypted key", 1, _ -> "QQ", "kt-code: must have no encrypted key"),
                part("a header that is no JSON", 0, _ -> base64("hello"), none),
                part("an empty header", 0, _ -> "", none),
                new Case("five empty parts", _ -> "....", none),
                new Case("a code in clear", _ -> CODE, none),
                new Case("nothing", _ -> "", none),
                new Case("a JWS", _ -> FLEET.signSealTo(sealTo()), none),
                new Case(
                        "JSON serialization",
                        jwe -> "{\"ciphertext\":\"" + jwe.split("\\.", -1)[3] + "\"}",
                        none),
                new Case(
                        "too long",
                        jwe -> jwe + "A".repeat(5_000 - jwe.length()),
                        "kt-code: must be at most 4096 characters, is 5000"));
    }

    static Stream<Case> unopened() {
        String closed = "kt-code: does not open with the key that it names";
        UnaryOperator<String> flip = p -> (p.charAt(0) == 'A' ? 'B' : 'A') + p.substring(1);
        return Stream.of(
                part("another text", 3, flip, closed),
                part("another tag", 4, flip, closed),
                part("another vector", 2, flip, closed),
                part("no vector", 2, _ -> "", closed),
                part("a shorter tag", 4, p -> p.substring(0, 11), closed),
                header(
                        "another ephemeral key",
                        h -> h.set("epk", JSON.valueToTree(ChallengeKey.generate().publicJwk())),
                        closed));
    }

    private static String sealed() {
        return ChallengeKey.seal(KEY.publicJwk(), CODE, CHALLENGE, 1);
    }

    private static SealTo sealTo() {
        return new SealTo(CHALLENGE, UUID.randomUUID(), ACCOUNT, KEY.publicJwk());
    }

    @ParameterizedTest
    @MethodSource("unread")
    void isRefusedUnreadByWhoOpensAndByWhoJudgesTheEnvelope(Case tampered) {
        String jwe = tampered.damage().apply(sealed());
        assertThat(Envelope.checkCode(jwe, CHALLENGE, 1)).contains(tampered.message());
        assertThatThrownBy(() -> KEY.open(jwe, CHALLENGE, 1))
                .isInstanceOf(SealException.class)
                .hasMessage(tampered.message())
                .message()
                .doesNotContain(CODE);
    }

    @ParameterizedTest
    @MethodSource("unopened")
    void doesNotOpen(Case tampered) {
        String jwe = tampered.damage().apply(sealed());
        assertThatThrownBy(() -> KEY.open(jwe, CHALLENGE, 1))
                .isInstanceOf(SealException.class)
                .hasMessage(tampered.message());
    }

    @Test
    void aHeaderThatWasChangedAfterSealingDoesNotOpen() {
        String round1 = ChallengeKey.seal(KEY.publicJwk(), CODE, CHALLENGE, 1);
        String moved = withHeader(round1, h -> h.put("round", 2));
        assertThat(Envelope.checkCode(moved, CHALLENGE, 2)).isEmpty();
        assertThatThrownBy(() -> KEY.open(moved, CHALLENGE, 2))
                .hasMessage("kt-code: does not open with the key that it names");
    }

    @Test
    void aKeyThatOnlyClaimsTheKidDoesNotOpen() throws Exception {
        ECKey other =
                new ECKeyGenerator(Curve.P_256)
                        .keyID(String.valueOf(KEY.publicJwk().get("kid")))
                        .generate();
        String jwe = ChallengeKey.seal(other.toPublicJWK().toJSONObject(), CODE, CHALLENGE, 1);
        assertThatThrownBy(() -> KEY.open(jwe, CHALLENGE, 1))
                .hasMessage("kt-code: does not open with the key that it names");
    }

    @Test
    void oneKindDoesNotPassForAnother() {
        Binding binding = Binding.credentials(ACCOUNT, "sandbox");
        String kept = FLEET.seal(SealedKind.KEPT, binding, new byte[] {1});
        assertThatThrownBy(() -> FLEET.openCredentials(kept, ACCOUNT, "sandbox"))
                .hasMessage("kt-credentials: alg must be ECDH-ES, is dir");
        String sent =
                FLEET.publicKeys().sealCredentials(Map.of("login", "ada"), ACCOUNT, "sandbox");
        assertThatThrownBy(() -> FLEET.open(SealedKind.KEPT, binding, sent))
                .hasMessage("kt-kept: alg must be dir, is ECDH-ES");
        String step = FLEET.seal(SealedKind.STEP, Binding.step(ACCOUNT, "a"), new byte[] {1});
        assertThatThrownBy(() -> FLEET.open(SealedKind.SESSION, Binding.session(ACCOUNT, 1), step))
                .hasMessage("kt-session: typ must be kt-session, is kt-step");
    }

    @Test
    void credentialsThatAreNoObjectOfTextsAreRefusedWithoutBeingShown() throws Exception {
        ECKey enc = ECKey.parse(publicKeys().get(0).toString());
        for (String plain : List.of("hunter2", "[\"hunter2\"]", "{\"password\":42}", "{}}")) {
            String jwe =
                    Envelopes.seal(
                            com.nimbusds.jose.JWEAlgorithm.ECDH_ES,
                            SealedKind.CREDENTIALS,
                            enc.getKeyID(),
                            Binding.credentials(ACCOUNT, "sandbox"),
                            plain.getBytes(StandardCharsets.UTF_8),
                            new com.nimbusds.jose.crypto.ECDHEncrypter(enc));
            assertThatThrownBy(() -> FLEET.openCredentials(jwe, ACCOUNT, "sandbox"))
                    .hasMessage("kt-credentials: must hold a JSON object of texts")
                    .hasNoCause();
        }
    }

    private static com.fasterxml.jackson.databind.JsonNode publicKeys() throws Exception {
        return JSON.readTree(FLEET.publicKeys().json()).get("keys");
    }

    @Test
    void aCodeIsSealedOnlyToAKeyOnTheCurve() throws Exception {
        Map<String, Object> p384 =
                new ECKeyGenerator(Curve.P_384).keyID("k").generate().toPublicJWK().toJSONObject();
        assertThatThrownBy(() -> ChallengeKey.seal(p384, CODE, CHALLENGE, 1))
                .hasMessage("jwk: must be on P-256 and have a kid");
        assertThatThrownBy(() -> ChallengeKey.seal(Map.of("kty", "EC"), CODE, CHALLENGE, 1))
                .hasMessage("jwk: must be a public key on P-256");
        for (String code : List.of("", "1".repeat(257))) {
            assertThatThrownBy(() -> ChallengeKey.seal(KEY.publicJwk(), code, CHALLENGE, 1))
                    .hasMessage("code: must be 1 to 256 characters");
        }
    }

    @Test
    void aChallengeKeyIsPrivateAndOnTheCurve() throws Exception {
        for (String json :
                List.of(
                        "hello",
                        "{}",
                        JSON.writeValueAsString(KEY.publicJwk()),
                        new ECKeyGenerator(Curve.P_384).keyID("k").generate().toJSONString(),
                        new ECKeyGenerator(Curve.P_256).generate().toJSONString())) {
            assertThatThrownBy(() -> ChallengeKey.fromPrivateJson(json))
                    .isInstanceOf(SealException.class)
                    .hasMessage("challenge key: must be a private JWK on P-256 with a kid")
                    .hasNoCause();
        }
    }
}
