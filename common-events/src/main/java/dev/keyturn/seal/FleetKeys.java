package dev.keyturn.seal;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fleet's own keys: pairs for sealing and for signing, and one secret key among workers. Only
 * the deployment, which makes them, and workers have them. Keys stand newest first; the newest is
 * used, unless it is too young ({@link #usedAt}), each can open.
 */
@JsonSerialize(using = NeverWritten.class)
public final class FleetKeys {

    static final String SEAL_TO = "kt-seal-to";

    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    private final List<JWK> keys;

    /** Not used yet: others may not have them. */
    private final Set<String> tooYoung;

    private FleetKeys(List<JWK> keys) {
        this(keys, Set.of());
    }

    private FleetKeys(List<JWK> keys, Set<String> tooYoung) {
        this.keys = keys;
        this.tooYoung = tooYoung;
    }

    /** A new set, used at once. */
    public static FleetKeys generate() {
        return new FleetKeys(newest(null));
    }

    /** One new key of each kind. */
    private static List<JWK> newest(@Nullable Date madeAt) {
        try {
            return List.of(
                    pair(KeyUse.ENCRYPTION, madeAt),
                    pair(KeyUse.SIGNATURE, madeAt),
                    new OctetSequenceKeyGenerator(256)
                            .keyUse(KeyUse.ENCRYPTION)
                            .algorithm(JWEAlgorithm.DIR)
                            .keyIDFromThumbprint(true)
                            .issueTime(madeAt)
                            .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("P-256: must be offered by this JDK", e);
        }
    }

    private static ECKey pair(KeyUse use, @Nullable Date madeAt) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256)
                .keyUse(use)
                .keyIDFromThumbprint(true)
                .issueTime(madeAt)
                .generate();
    }

    /** With a new key of each kind, made at this instant, before those that are there. */
    public FleetKeys rotated(Instant now) {
        return new FleetKeys(
                Stream.concat(newest(Date.from(now)).stream(), keys.stream()).toList());
    }

    /**
     * Without one key: what names it opens no more.
     *
     * @throws IllegalArgumentException if there is none of this id, or none newer of its kind
     */
    public FleetKeys without(String kid) {
        FleetKey gone =
                list().stream()
                        .filter(k -> k.kid().equals(kid))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException(kid + ": is no key of ours"));
        if (gone.replacedAt() == null) {
            throw new IllegalArgumentException(kid + ": is the newest of its kind");
        }
        return new FleetKeys(keys.stream().filter(k -> !kid.equals(k.getKeyID())).toList());
    }

    /**
     * As they are used at an instant: what is younger than {@code after} only opens and verifies,
     * since others may not have it yet. A key that does not say when it was made is old.
     */
    public FleetKeys usedAt(Instant now, Duration after) {
        return butNot(FleetPublicKeys.youngerThan(keys, now.minus(after)));
    }

    /** The same, without using what the former keys had not. */
    public FleetKeys usedLike(FleetKeys former) {
        Set<String> known =
                former.keys.stream().map(JWK::getKeyID).collect(Collectors.toUnmodifiableSet());
        return butNot(
                keys.stream()
                        .map(JWK::getKeyID)
                        .filter(kid -> !known.contains(kid))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private FleetKeys butNot(Set<String> kids) {
        return new FleetKeys(
                keys,
                Stream.concat(tooYoung.stream(), kids.stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** What there is to know of each without knowing it, newest first. */
    public List<FleetKey> list() {
        return keys.stream().map(this::described).toList();
    }

    private FleetKey described(JWK key) {
        FleetKey.Kind kind = FleetKey.Kind.of(key);
        @Nullable JWK successor =
                keys.stream()
                        .takeWhile(k -> !k.equals(key))
                        .filter(k -> FleetKey.Kind.of(k) == kind)
                        .reduce((_, last) -> last)
                        .orElse(null);
        return new FleetKey(
                key.getKeyID(),
                kind,
                FleetKey.madeAt(key),
                successor == null ? null : FleetKey.madeAtOrLongAgo(successor));
    }

    /** The secret keys that nothing is sealed with any more, newest first. */
    public Set<String> formerSecretKids() {
        String used = newestSecret().getKeyID();
        return secrets()
                .map(JWK::getKeyID)
                .dropWhile(kid -> !kid.equals(used))
                .skip(1)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads a private file.
     *
     * @throws IllegalArgumentException if the file is none, or lacks one of the keys
     */
    public static FleetKeys load(Path file) {
        try {
            FleetKeys set = new FleetKeys(JWKSet.parse(Files.readString(file)).getKeys());
            set.publicKeys().newest(KeyUse.ENCRYPTION);
            set.publicKeys().newest(KeyUse.SIGNATURE);
            set.newestSecret();
            return set;
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": must be a readable file", e);
        } catch (ParseException | IllegalArgumentException _) {
            throw new IllegalArgumentException(
                    file
                            + ": must be a JWK set with a pair for sealing, one for signing and a"
                            + " secret key");
        }
    }

    /**
     * Writes both files, the private one readable for its owner only, the public one first.
     *
     * @throws FileAlreadyExistsException if one is there: keys are never overwritten
     */
    public void save(Path privateFile, Path publicFile) throws IOException {
        if (Files.exists(privateFile)) {
            throw new FileAlreadyExistsException(privateFile.toString());
        }
        write(publicFile, publicKeys().json(), "rw-r--r--");
        write(privateFile, new JWKSet(keys).toString(false), "rw-------");
    }

    /**
     * Writes both files in place of those that are there, the public one first. Public keys for
     * signing that were there stay for {@code remembered}: what they signed stands on the log.
     */
    public void replace(Path privateFile, Path publicFile, Instant now, Duration remembered)
            throws IOException {
        FleetPublicKeys published =
                publicKeys().remembering(FleetPublicKeys.load(publicFile), now, remembered);
        move(publicFile, published.json());
        move(privateFile, new JWKSet(keys).toString(false));
    }

    /** A reader sees the old file or the new, and nobody else sees either. */
    private static void move(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        write(aside, text, "rw-------");
        Files.setPosixFilePermissions(aside, Files.getPosixFilePermissions(file));
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(Path file, String text, String rights) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights)));
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    /** The public half. */
    public FleetPublicKeys publicKeys() {
        return new FleetPublicKeys(pairs().map(ECKey::toPublicJWK).toList(), tooYoung);
    }

    /**
     * Opens credentials that were sealed into the fleet.
     *
     * @return field name to value
     * @throws SealException if they are not of the profile, for another account or connector, or do
     *     not open
     */
    public Map<String, String> openCredentials(String sealed, UUID accountId, String connector)
            throws SealException {
        JWEObject jwe =
                Envelopes.judge(
                        sealed,
                        JWEAlgorithm.ECDH_ES,
                        SealedKind.CREDENTIALS,
                        Binding.credentials(accountId, connector));
        ECKey key =
                pairs().filter(k -> KeyUse.ENCRYPTION.equals(k.getKeyUse()))
                        .filter(k -> k.getKeyID().equals(jwe.getHeader().getKeyID()))
                        .findFirst()
                        .orElseThrow(
                                () -> new SealException("kt-credentials: kid must be the fleet's"));
        try {
            byte[] plain = Envelopes.open(jwe, SealedKind.CREDENTIALS, new ECDHDecrypter(key));
            return Json.mapper().readValue(plain, FIELDS);
        } catch (JOSEException e) {
            throw new IllegalStateException("fleet key: must be on P-256", e);
        } catch (IOException _) {
            throw new SealException("kt-credentials: must hold a JSON object of texts");
        }
    }

    /** Seals something among workers, under the newest secret key. */
    public String seal(SealedKind kind, Binding binding, byte[] plain) {
        try {
            OctetSequenceKey key = newestSecret();
            return Envelopes.seal(
                    JWEAlgorithm.DIR,
                    kind,
                    key.getKeyID(),
                    binding,
                    plain,
                    new DirectEncrypter(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(kind.typ() + ": must be sealable", e);
        }
    }

    /** The same text under the key that is used now. */
    public String reseal(SealedKind kind, Binding binding, String sealed) throws SealException {
        return seal(kind, binding, open(kind, binding, sealed));
    }

    /**
     * Opens what a worker sealed.
     *
     * @throws SealException if it is not of the profile, bound to something else, or does not open
     */
    public byte[] open(SealedKind kind, Binding binding, String sealed) throws SealException {
        JWEObject jwe = Envelopes.judge(sealed, JWEAlgorithm.DIR, kind, binding);
        try {
            return Envelopes.open(
                    jwe, kind, new DirectDecrypter(secret(jwe.getHeader().getKeyID())));
        } catch (JOSEException e) {
            throw new IllegalStateException("fleet key: must have 256 bits", e);
        }
    }

    /** Signs to which key a challenge's code is to be sealed. */
    public String signSealTo(SealTo sealTo) {
        String kid = publicKeys().newest(KeyUse.SIGNATURE).getKeyID();
        ECKey key = pairs().filter(k -> k.getKeyID().equals(kid)).findFirst().orElseThrow();
        try {
            JWSObject jws =
                    new JWSObject(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .type(new JOSEObjectType(SEAL_TO))
                                    .keyID(kid)
                                    .build(),
                            new Payload(Json.mapper().writeValueAsBytes(sealTo)));
            jws.sign(new ECDSASigner(key));
            return jws.serialize();
        } catch (JOSEException | IOException e) {
            throw new IllegalStateException("sealTo: must be signable", e);
        }
    }

    private Stream<ECKey> pairs() {
        return keys.stream().flatMap(k -> k instanceof ECKey ec ? Stream.of(ec) : Stream.empty());
    }

    private Stream<OctetSequenceKey> secrets() {
        return keys.stream()
                .flatMap(k -> k instanceof OctetSequenceKey oct ? Stream.of(oct) : Stream.empty());
    }

    private OctetSequenceKey secret(@Nullable String kid) throws SealException {
        return secrets()
                .filter(k -> k.getKeyID().equals(kid))
                .findFirst()
                .orElseThrow(
                        () -> new SealException("kid: must be one of the fleet's secret keys"));
    }

    private OctetSequenceKey newestSecret() {
        return FleetPublicKeys.used(secrets().toList(), tooYoung)
                .orElseThrow(() -> new IllegalArgumentException("must have a secret key"));
    }

    @Override
    public String toString() {
        return "FleetKeys" + keys.stream().map(JWK::getKeyID).toList();
    }
}
