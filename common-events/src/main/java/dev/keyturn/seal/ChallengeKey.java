package dev.keyturn.seal;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.UUID;

/** The key pair of one challenge. Prints no key. */
@JsonSerialize(using = NeverWritten.class)
public final class ChallengeKey {

    private static final int MAX_CODE = 256;

    private final ECKey key;

    private ChallengeKey(ECKey key) {
        this.key = key;
    }

    /** A new pair on P-256; its {@code kid} is its thumbprint. */
    public static ChallengeKey generate() {
        try {
            return new ChallengeKey(
                    new ECKeyGenerator(Curve.P_256)
                            .keyUse(KeyUse.ENCRYPTION)
                            .keyIDFromThumbprint(true)
                            .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("P-256: must be offered by this JDK", e);
        }
    }

    /** The pair that {@link #privateJson()} wrote. */
    public static ChallengeKey fromPrivateJson(String json) throws SealException {
        try {
            ECKey key = ECKey.parse(json);
            if (key.isPrivate() && isUsable(key)) {
                return new ChallengeKey(key);
            }
        } catch (ParseException | IllegalStateException | IllegalArgumentException _) {
            // Said below: the parser's own words may hold a piece of the key.
        }
        throw new SealException("challenge key: must be a private JWK on P-256 with a kid");
    }

    static boolean isUsable(ECKey key) {
        return Curve.P_256.equals(key.getCurve()) && key.getKeyID() != null;
    }

    /** The public half, for {@link SealTo}. */
    public Map<String, Object> publicJwk() {
        return key.toPublicJWK().toJSONObject();
    }

    /** The whole pair: a secret, to be sealed as {@link SealedKind#CHALLENGE_KEY}. */
    public String privateJson() {
        return key.toJSONString();
    }

    /**
     * Opens a code.
     *
     * @throws SealException if it is not of the profile, of another challenge or round, or does not
     *     open
     */
    public Secret open(String sealed, UUID challengeId, int round) throws SealException {
        JWEObject jwe =
                Envelopes.judge(
                        sealed,
                        JWEAlgorithm.ECDH_ES,
                        SealedKind.CODE,
                        Binding.code(challengeId, round));
        if (!key.getKeyID().equals(jwe.getHeader().getKeyID())) {
            throw new SealException("kt-code: kid must be " + key.getKeyID());
        }
        try {
            byte[] code = Envelopes.open(jwe, SealedKind.CODE, new ECDHDecrypter(key));
            return new Secret(new String(code, StandardCharsets.UTF_8));
        } catch (JOSEException e) {
            throw new IllegalStateException("challenge key: must be on P-256", e);
        }
    }

    /**
     * Seals a code, as a terminal does it.
     *
     * @param jwk the challenge's public key
     * @param code 1 to 256 characters
     * @throws IllegalArgumentException if the code is too long, or the key is none on P-256
     */
    public static String seal(Map<String, Object> jwk, String code, UUID challengeId, int round) {
        if (code.isEmpty() || code.length() > MAX_CODE) {
            throw new IllegalArgumentException("code: must be 1 to " + MAX_CODE + " characters");
        }
        try {
            ECKey key = ECKey.parse(jwk);
            if (!isUsable(key)) {
                throw new IllegalArgumentException("jwk: must be on P-256 and have a kid");
            }
            return Envelopes.seal(
                    JWEAlgorithm.ECDH_ES,
                    SealedKind.CODE,
                    key.getKeyID(),
                    Binding.code(challengeId, round),
                    code.getBytes(StandardCharsets.UTF_8),
                    new ECDHEncrypter(key));
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException("jwk: must be a public key on P-256", e);
        }
    }

    @Override
    public String toString() {
        return "ChallengeKey[" + key.getKeyID() + "]";
    }
}
