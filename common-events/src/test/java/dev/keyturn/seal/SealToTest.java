package dev.keyturn.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody but the fleet can say to which key a person seals a code. */
class SealToTest {

    private static final String NOT_SIGNED = "sealTo: must be signed by the fleet";
    private static final String WRONG_HEADER = "sealTo: must be ES256 of type kt-seal-to";
    private static final String NO_JWS = "sealTo: must be a compact JWS of the fleet";

    private final SealTo sealTo =
            new SealTo(
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    ChallengeKey.generate().publicJwk());

    private FleetPublicKeys published;
    private FleetKeys fleet;
    private ECKey signing;
    private ECKey sealing;

    @BeforeEach
    void readTheFleetsOwnKeys(@TempDir Path folder) throws Exception {
        fleet = FleetKeys.generate();
        published = fleet.publicKeys();
        fleet.save(folder.resolve("private.json"), folder.resolve("public.json"));
        JWKSet set = JWKSet.parse(Files.readString(folder.resolve("private.json")));
        signing = pair(set, KeyUse.SIGNATURE);
        sealing = pair(set, KeyUse.ENCRYPTION);
    }

    private static ECKey pair(JWKSet set, KeyUse use) {
        return set.getKeys().stream()
                .filter(k -> k instanceof ECKey && use.equals(k.getKeyUse()))
                .map(ECKey.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatTheFleetSignedIsReadWithThePublicKeys() throws Exception {
        String signed = fleet.signSealTo(sealTo);
        assertThat(FleetPublicKeys.parse(published.json()).verify(signed)).isEqualTo(sealTo);
    }

    @Test
    void whatIsSignedByTheSameHandIsTaken() throws Exception {
        assertThat(published.verify(sign(header(), sealTo, new ECDSASigner(signing))))
                .isEqualTo(sealTo);
    }

    @Test
    void anotherFleetsSignatureIsRefused() {
        refused(FleetKeys.generate().signSealTo(sealTo), "sealTo: kid must be the fleet's");
    }

    @Test
    void anotherKeyUnderTheFleetsKidIsRefused() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_256).generate();
        refused(sign(header(), sealTo, new ECDSASigner(other)), NOT_SIGNED);
    }

    @Test
    void theFleetsKeyForSealingSignsNothing() throws Exception {
        JWSHeader.Builder header = header().keyID(sealing.getKeyID());
        refused(sign(header, sealTo, new ECDSASigner(sealing)), "sealTo: kid must be the fleet's");
    }

    @Test
    void aChangedPayloadIsRefused() throws Exception {
        String[] parts = fleet.signSealTo(sealTo).split("\\.", -1);
        SealTo mine =
                new SealTo(
                        sealTo.challengeId(),
                        sealTo.runId(),
                        sealTo.accountId(),
                        ChallengeKey.generate().publicJwk());
        parts[1] = base64(new ObjectMapper().writeValueAsString(mine));
        refused(String.join(".", parts), NOT_SIGNED);
    }

    @Test
    void anotherTypeOrMemberIsRefused() throws Exception {
        ECDSASigner signer = new ECDSASigner(signing);
        refused(sign(header().type(JOSEObjectType.JWT), sealTo, signer), WRONG_HEADER);
        refused(sign(header().type(null), sealTo, signer), WRONG_HEADER);
        refused(sign(header().customParam("mine", 1), sealTo, signer), WRONG_HEADER);
        refused(sign(header().jwk(signing.toPublicJWK()), sealTo, signer), WRONG_HEADER);
        refused(sign(header().keyID(null), sealTo, signer), "sealTo: must have a kid");
    }

    @Test
    void algNoneIsRefused() throws Exception {
        String[] parts = fleet.signSealTo(sealTo).split("\\.", -1);
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "none");
        header.put("typ", "kt-seal-to");
        header.put("kid", signing.getKeyID());
        String none = base64(new ObjectMapper().writeValueAsString(header));
        refused(none + "." + parts[1] + ".", NO_JWS);
        refused(none + "." + parts[1] + "." + parts[2], NO_JWS);
    }

    @Test
    void aMacWithThePublicKeyAsItsSecretIsRefused() throws Exception {
        byte[] secret = signing.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        JWSHeader.Builder header =
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("kt-seal-to"))
                        .keyID(signing.getKeyID());
        refused(sign(header, sealTo, new MACSigner(secret)), WRONG_HEADER);
    }

    @Test
    void aKeyOfAnotherCurveIsRefusedEvenIfSigned() throws Exception {
        Map<String, Object> p384 =
                new ECKeyGenerator(Curve.P_384).keyID("k").generate().toPublicJWK().toJSONObject();
        SealTo odd = new SealTo(sealTo.challengeId(), sealTo.runId(), sealTo.accountId(), p384);
        refused(fleet.signSealTo(odd), "sealTo: its key must be on P-256 and have a kid");
    }

    @Test
    void whatIsNoJwsIsRefused() {
        for (String text : new String[] {"", "..", "a.b.c", "hello", base64("{}") + "..x"}) {
            refused(text, NO_JWS);
        }
        refused(ChallengeKey.seal(sealTo.jwk(), "1", sealTo.challengeId(), 1), NO_JWS);
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("kt-seal-to"))
                .keyID(signing.getKeyID());
    }

    private static String sign(JWSHeader.Builder header, SealTo payload, JWSSigner signer)
            throws Exception {
        JWSObject jws =
                new JWSObject(
                        header.build(),
                        new Payload(new ObjectMapper().writeValueAsString(payload)));
        jws.sign(signer);
        return jws.serialize();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(String text, String message) {
        assertThatThrownBy(() -> published.verify(text))
                .isInstanceOf(SealException.class)
                .hasMessage(message);
    }
}
