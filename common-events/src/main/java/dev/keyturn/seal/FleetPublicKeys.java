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
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fleet's public keys: to seal credentials to, and to know its signature by. */
public final class FleetPublicKeys {

    private static final Set<String> SEAL_TO_HEADER = Set.of("alg", "typ", "kid");

    private final List<ECKey> keys;

    /** Trusted, and not given out yet. */
    private final Set<String> tooYoung;

    FleetPublicKeys(List<ECKey> keys, Set<String> tooYoung) {
        this.keys = keys;
        this.tooYoung = tooYoung;
    }

    static Set<String> youngerThan(List<? extends JWK> keys, Instant instant) {
        return keys.stream()
                .filter(k -> FleetKey.madeAtOrLongAgo(k).isAfter(instant))
                .map(JWK::getKeyID)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The newest that is old enough; the oldest if none is. */
    static <K extends JWK> Optional<K> used(List<K> newestFirst, Set<String> tooYoung) {
        return newestFirst.stream()
                .filter(k -> !tooYoung.contains(k.getKeyID()))
                .findFirst()
                .or(() -> newestFirst.stream().reduce((_, last) -> last));
    }

    /** As {@link FleetKeys#usedAt}; those whose time is over are gone. */
    public FleetPublicKeys usedAt(Instant now, Duration after) {
        List<ECKey> left = keys.stream().filter(k -> !isOver(k, now)).toList();
        return new FleetPublicKeys(left, youngerThan(left, now.minus(after)));
    }

    private static boolean isOver(ECKey key, Instant now) {
        return key.getExpirationTime() != null
                && !now.isBefore(key.getExpirationTime().toInstant());
    }

    /** With those for signing that only the former have, for a limited time. */
    FleetPublicKeys remembering(FleetPublicKeys former, Instant now, Duration remembered) {
        Date until = Date.from(now.plus(remembered));
        Stream<ECKey> gone =
                former.keys.stream()
                        .filter(k -> KeyUse.SIGNATURE.equals(k.getKeyUse()))
                        .filter(k -> find(k.getKeyID(), KeyUse.SIGNATURE).isEmpty())
                        .filter(k -> !isOver(k, now))
                        .map(
                                k ->
                                        k.getExpirationTime() == null
                                                ? new ECKey.Builder(k).expirationTime(until).build()
                                                : k);
        return new FleetPublicKeys(Stream.concat(keys.stream(), gone).toList(), tooYoung);
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
            FleetPublicKeys set = new FleetPublicKeys(keys, Set.of());
            set.newest(KeyUse.ENCRYPTION);
            set.newest(KeyUse.SIGNATURE);
            return set;
        } catch (ParseException e) {
            throw new IllegalArgumentException("must be a JWK set", e);
        }
    }

    /** The JWK set, as the page gets it: what is used stands first of its use. */
    public String json() {
        List<JWK> usedFirst =
                Stream.of(false, true)
                        .flatMap(
                                young ->
                                        keys.stream()
                                                .filter(
                                                        k ->
                                                                tooYoung.contains(k.getKeyID())
                                                                        == young))
                        .map(JWK.class::cast)
                        .toList();
        return new JWKSet(usedFirst).toString(true);
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

    /** The one of a use that is used. */
    ECKey newest(KeyUse use) {
        return used(keys.stream().filter(k -> use.equals(k.getKeyUse())).toList(), tooYoung)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "must have an EC key with use=" + use.identifier()));
    }
}
