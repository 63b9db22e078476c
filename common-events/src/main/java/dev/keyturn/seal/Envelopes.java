package dev.keyturn.seal;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The two JWE profiles: {@code ECDH-ES} into the fleet, {@code dir} among workers; {@code A256GCM}
 * in both.
 */
final class Envelopes {

    private static final Set<String> BOTH = Set.of("alg", "enc", "typ", "kid");

    private Envelopes() {}

    static String seal(
            JWEAlgorithm algorithm,
            SealedKind kind,
            String kid,
            Binding binding,
            byte[] plain,
            JWEEncrypter encrypter)
            throws JOSEException {
        JWEHeader header =
                new JWEHeader.Builder(algorithm, EncryptionMethod.A256GCM)
                        .type(new JOSEObjectType(kind.typ()))
                        .keyID(kid)
                        .customParams(new HashMap<>(binding.members()))
                        .build();
        JWEObject jwe = new JWEObject(header, new Payload(plain));
        jwe.encrypt(encrypter);
        return jwe.serialize();
    }

    static byte[] open(JWEObject jwe, SealedKind kind, JWEDecrypter decrypter)
            throws SealException {
        try {
            jwe.decrypt(decrypter);
            return jwe.getPayload().toBytes();
        } catch (JOSEException | IllegalStateException _) {
            throw new SealException(kind.typ() + ": does not open with the key that it names");
        }
    }

    /** The envelope, if it is of the profile and bound to what is at hand. Nothing is decrypted. */
    static JWEObject judge(String sealed, JWEAlgorithm algorithm, SealedKind kind, Binding binding)
            throws SealException {
        String typ = kind.typ();
        if (sealed.length() > kind.maxLength()) {
            throw new SealException(
                    typ
                            + ": must be at most "
                            + kind.maxLength()
                            + " characters, is "
                            + sealed.length());
        }
        JWEObject jwe = parse(sealed, typ);
        JWEHeader header = jwe.getHeader();
        expect(typ, "alg", algorithm.getName(), name(header.getAlgorithm()));
        expect(typ, "enc", EncryptionMethod.A256GCM.getName(), name(header.getEncryptionMethod()));
        expect(typ, "typ", typ, header.getType() == null ? "none" : header.getType().getType());
        if (header.getKeyID() == null || header.getKeyID().isEmpty()) {
            throw new SealException(typ + ": its header must have a kid");
        }
        if (jwe.getEncryptedKey() != null) {
            throw new SealException(typ + ": must have no encrypted key");
        }
        checkMembers(typ, header, algorithm, binding);
        for (Map.Entry<String, Object> member : binding.members().entrySet()) {
            expect(typ, member.getKey(), member.getValue(), header.getCustomParam(member.getKey()));
        }
        return jwe;
    }

    private static JWEObject parse(String sealed, String typ) throws SealException {
        try {
            return JWEObject.parse(sealed);
        } catch (ParseException | RuntimeException _) {
            // Anybody can have made it, and the parser does not foresee everything: it throws
            // NullPointerException for a header without enc.
            throw new SealException(typ + ": must be a compact JWE");
        }
    }

    private static void checkMembers(
            String typ, JWEHeader header, JWEAlgorithm algorithm, Binding binding)
            throws SealException {
        Set<String> allowed = new HashSet<>(BOTH);
        allowed.addAll(binding.members().keySet());
        if (algorithm.equals(JWEAlgorithm.ECDH_ES)) {
            allowed.add("epk");
            if (!(header.getEphemeralPublicKey() instanceof ECKey epk)
                    || !Curve.P_256.equals(epk.getCurve())) {
                throw new SealException(typ + ": epk must be on P-256");
            }
        }
        for (String member : header.getIncludedParams()) {
            if (!allowed.contains(member)) {
                throw new SealException(typ + ": its header must have no " + clean(member));
            }
        }
    }

    private static void expect(String typ, String member, Object expected, Object actual)
            throws SealException {
        if (!Objects.equals(String.valueOf(expected), String.valueOf(actual))) {
            throw new SealException(
                    typ
                            + ": "
                            + member
                            + " must be "
                            + expected
                            + ", is "
                            + clean(String.valueOf(actual)));
        }
    }

    private static String name(@Nullable Algorithm algorithm) {
        return algorithm == null ? "none" : algorithm.getName();
    }

    /** A header is not encrypted, but whoever made it may have put anything there. */
    private static String clean(String text) {
        String visible = text.replaceAll("[^\\x20-\\x7e]", "?");
        return visible.length() <= 60 ? visible : visible.substring(0, 60) + "…";
    }
}
