package dev.keyturn.seal;

import com.fasterxml.jackson.core.type.TypeReference;
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
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fleet's own keys: pairs for sealing and for signing, and one secret key among workers. Only
 * the deployment, which makes them, and workers have them. Keys stand newest first; the newest is
 * used, each can open.
 */
public final class FleetKeys {

    static final String SEAL_TO = "kt-seal-to";

    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    private final List<JWK> keys;

    private FleetKeys(List<JWK> keys) {
        this.keys = keys;
    }

    /** A new set. */
    public static FleetKeys generate() {
        try {
            return new FleetKeys(
                    List.of(
                            pair(KeyUse.ENCRYPTION),
                            pair(KeyUse.SIGNATURE),
                            new OctetSequenceKeyGenerator(256)
                                    .keyUse(KeyUse.ENCRYPTION)
                                    .algorithm(JWEAlgorithm.DIR)
                                    .keyIDFromThumbprint(true)
                                    .generate()));
        } catch (JOSEException e) {
            throw new IllegalStateException("P-256: must be offered by this JDK", e);
        }
    }

    private static ECKey pair(KeyUse use) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyUse(use).keyIDFromThumbprint(true).generate();
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
            set.secret(null);
            return set;
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": must be a readable file", e);
        } catch (ParseException | SealException | IllegalArgumentException _) {
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

    private static void write(Path file, String text, String rights) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights)));
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    /** The public half. */
    public FleetPublicKeys publicKeys() {
        return new FleetPublicKeys(pairs().map(ECKey::toPublicJWK).toList());
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
            OctetSequenceKey key = secret(null);
            return Envelopes.seal(
                    JWEAlgorithm.DIR,
                    kind,
                    key.getKeyID(),
                    binding,
                    plain,
                    new DirectEncrypter(key));
        } catch (JOSEException | SealException e) {
            throw new IllegalStateException(kind.typ() + ": must be sealable", e);
        }
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

    private OctetSequenceKey secret(@Nullable String kid) throws SealException {
        return keys.stream()
                .flatMap(k -> k instanceof OctetSequenceKey oct ? Stream.of(oct) : Stream.empty())
                .filter(k -> kid == null || kid.equals(k.getKeyID()))
                .findFirst()
                .orElseThrow(
                        () -> new SealException("kid: must be one of the fleet's secret keys"));
    }

    @Override
    public String toString() {
        return "FleetKeys" + keys.stream().map(JWK::getKeyID).toList();
    }
}
