package dev.keyturn.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fleet's public keys: to seal credentials to, and to know its signature by. */
public final class FleetPublicKeys {

    private static final Set<String> SEAL_TO_HEADER = Set.of("alg", "typ", "kid");

    private final List<ECKey> keys;

    FleetPublicKeys(List<ECKey> keys) {
        this.keys = keys;
    }

    /**
     * Reads a JWK set.
     *
     * @throws IllegalArgumentException if the file is none, or has no key for sealing or none for
     *     signing
     */
    public static FleetPublicKeys load(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": must be a readable file", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** The same from a text. */
    public static FleetPublicKeys parse(String json) {
        try {
            List<ECKey> keys =
                    JWKSet.parse(json).getKeys().stream()
                            .flatMap(k -> k instanceof ECKey ec ? Stream.of(ec) : Stream.empty())
                            .map(ECKey::toPublicJWK)
                            .toList();
            FleetPublicKeys set = new FleetPublicKeys(keys);
            set.newest(KeyUse.ENCRYPTION);
            set.newest(KeyUse.SIGNATURE);
            return set;
        } catch (ParseException e) {
            throw new IllegalArgumentException("must be a JWK set", e);
        }
    }

    /** The JWK set, as the page gets it. */
    public String json() {
        return new JWKSet(List.<JWK>copyOf(keys)).toString(true);
    }

    /** Seals an account's field values, as a terminal does it. */
    public String sealCredentials(Map<String, String> fields, UUID accountId, String connector) {
        ECKey key = newest(KeyUse.ENCRYPTION);
        try {
            return Envelopes.seal(
                    JWEAlgorithm.ECDH_ES,
                    SealedKind.CREDENTIALS,
                    key.getKeyID(),
                    Binding.credentials(accountId, connector),
                    Json.mapper().writeValueAsBytes(fields),
                    new ECDHEncrypter(key));
        } catch (JOSEException | JsonProcessingException e) {
            throw new IllegalStateException("credentials: must be sealable", e);
        }
    }

    /**
     * Reads what the fleet signed.
     *
     * @throws SealException if it is not of the profile, or no key of the fleet signed it
     */
    public SealTo verify(String sealTo) throws SealException {
        try {
            JWSObject jws = JWSObject.parse(sealTo);
            String kid = checkHeader(jws);
            ECKey key =
                    find(kid, KeyUse.SIGNATURE)
                            .orElseThrow(
                                    () -> new SealException("sealTo: kid must be the fleet's"));
            if (!jws.verify(new ECDSAVerifier(key))) {
                throw new SealException("sealTo: must be signed by the fleet");
            }
            SealTo payload = Json.mapper().readValue(jws.getPayload().toBytes(), SealTo.class);
            if (!ChallengeKey.isUsable(ECKey.parse(payload.jwk()))) {
                throw new SealException("sealTo: its key must be on P-256 and have a kid");
            }
            return payload;
        } catch (ParseException
                | JOSEException
                | IOException
                | IllegalArgumentException
                | NullPointerException _) {
            throw new SealException("sealTo: must be a compact JWS of the fleet");
        }
    }

    private static String checkHeader(JWSObject jws) throws SealException {
        var header = jws.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
                || !SEAL_TO_HEADER.containsAll(header.getIncludedParams())
                || header.getType() == null
                || !FleetKeys.SEAL_TO.equals(header.getType().getType())) {
            throw new SealException("sealTo: must be ES256 of type " + FleetKeys.SEAL_TO);
        }
        @Nullable String kid = header.getKeyID();
        if (kid == null) {
            throw new SealException("sealTo: must have a kid");
        }
        return kid;
    }

    Optional<ECKey> find(String kid, KeyUse use) {
        return keys.stream()
                .filter(k -> kid.equals(k.getKeyID()) && use.equals(k.getKeyUse()))
                .findFirst();
    }

    /** The first of a use: keys stand newest first. */
    ECKey newest(KeyUse use) {
        return keys.stream()
                .filter(k -> use.equals(k.getKeyUse()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "must have an EC key with use=" + use.identifier()));
    }
}
