package dev.keyturn.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetKeysTest {

    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final Binding STEP = Binding.step(ACCOUNT, "login");

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MONTH = Duration.ofDays(31);

    @TempDir private Path folder;
    private Path privateFile;
    private Path publicFile;

    @BeforeEach
    void nameTheFiles() {
        privateFile = folder.resolve("fleet-private.json");
        publicFile = folder.resolve("fleet-public.json");
    }

    @Test
    void whatWasSavedIsTheSameAgain() throws Exception {
        FleetKeys made = FleetKeys.generate();
        made.save(privateFile, publicFile);
        FleetKeys loaded = FleetKeys.load(privateFile);
        FleetPublicKeys published = FleetPublicKeys.load(publicFile);
        assertThat(loaded.open(SealedKind.STEP, STEP, made.seal(SealedKind.STEP, STEP, bytes())))
                .isEqualTo(bytes());
        String sealed = published.sealCredentials(Map.of("login", "ada"), ACCOUNT, "sandbox");
        assertThat(loaded.openCredentials(sealed, ACCOUNT, "sandbox")).containsKey("login");
    }

    @Test
    void thePrivateFileIsTheOwnersAloneAndThePublicOneHoldsNoSecret() throws Exception {
        FleetKeys.generate().save(privateFile, publicFile);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(privateFile)))
                .isEqualTo("rw-------");
        assertThat(JWKSet.parse(Files.readString(publicFile)).getKeys())
                .hasSize(2)
                .noneMatch(JWK::isPrivate)
                .allMatch(k -> k.getKeyType().equals(KeyType.EC));
    }

    @Test
    void keysAreNeverOverwritten() throws Exception {
        for (Path there : List.of(privateFile, publicFile)) {
            Files.writeString(there, "mine");
            assertThatThrownBy(() -> FleetKeys.generate().save(privateFile, publicFile))
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessageContaining(there.getFileName().toString());
            assertThat(there).hasContent("mine");
            try (var files = Files.list(folder)) {
                assertThat(files).containsExactly(there);
            }
            Files.delete(there);
        }
    }

    @Test
    void afterARotationTheNewestKeysAreUsedAndTheOldOnesStillOpen() throws Exception {
        FleetKeys old = FleetKeys.generate();
        old.save(privateFile, publicFile);
        Path newPrivate = folder.resolve("new-private.json");
        FleetKeys.generate().save(newPrivate, folder.resolve("new-public.json"));
        List<JWK> both = new ArrayList<>(keys(newPrivate));
        both.addAll(keys(privateFile));
        Path rotated = folder.resolve("rotated.json");
        Files.writeString(rotated, new JWKSet(both).toString(false));

        FleetKeys fleet = FleetKeys.load(rotated);
        String before = old.seal(SealedKind.STEP, STEP, bytes());
        assertThat(fleet.open(SealedKind.STEP, STEP, before)).isEqualTo(bytes());
        String sent = old.publicKeys().sealCredentials(Map.of("a", "b"), ACCOUNT, "sandbox");
        assertThat(fleet.openCredentials(sent, ACCOUNT, "sandbox")).isEqualTo(Map.of("a", "b"));

        FleetKeys fresh = FleetKeys.load(newPrivate);
        String after = fleet.seal(SealedKind.STEP, STEP, bytes());
        assertThat(fresh.open(SealedKind.STEP, STEP, after)).isEqualTo(bytes());
        assertThatThrownBy(() -> old.open(SealedKind.STEP, STEP, after))
                .isInstanceOf(SealException.class);
        SealTo sealTo = new SealTo(ACCOUNT, ACCOUNT, ACCOUNT, ChallengeKey.generate().publicJwk());
        assertThat(fresh.publicKeys().verify(fleet.signSealTo(sealTo))).isEqualTo(sealTo);
        assertThat(fleet.publicKeys().verify(old.signSealTo(sealTo))).isEqualTo(sealTo);
    }

    @Test
    void aNewKeyOpensAtOnceAndIsUsedWhenItIsOldEnough() throws Exception {
        FleetKeys first = FleetKeys.generate();
        FleetKeys rotated = first.rotated(NOW);
        FleetKeys young = rotated.usedAt(NOW.plusSeconds(59), MINUTE);
        FleetKeys old = rotated.usedAt(NOW.plusSeconds(60), MINUTE);
        String byNew = old.seal(SealedKind.STEP, STEP, bytes());
        assertThat(young.open(SealedKind.STEP, STEP, byNew)).isEqualTo(bytes());
        String byYoung = young.seal(SealedKind.STEP, STEP, bytes());
        assertThat(first.open(SealedKind.STEP, STEP, byYoung)).isEqualTo(bytes());
        assertThatThrownBy(() -> first.open(SealedKind.STEP, STEP, byNew))
                .isInstanceOf(SealException.class);
        SealTo sealTo = new SealTo(ACCOUNT, ACCOUNT, ACCOUNT, ChallengeKey.generate().publicJwk());
        assertThat(first.publicKeys().verify(young.signSealTo(sealTo))).isEqualTo(sealTo);
        assertThatThrownBy(() -> first.publicKeys().verify(old.signSealTo(sealTo)))
                .isInstanceOf(SealException.class);
        assertThat(young.formerSecretKids()).isEmpty();
        assertThat(old.formerSecretKids()).containsExactly(kid(first, FleetKey.Kind.SECRET));
        assertThat(rotated.usedLike(first).formerSecretKids()).isEmpty();
        assertThat(first.usedAt(NOW, MINUTE).seal(SealedKind.STEP, STEP, bytes())).isNotEmpty();
    }

    @Test
    void whatWasResealedIsTheSameUnderTheNewKey() throws Exception {
        FleetKeys first = FleetKeys.generate();
        FleetKeys rotated = first.rotated(NOW);
        String sealed = first.seal(SealedKind.STEP, STEP, bytes());
        String resealed = rotated.reseal(SealedKind.STEP, STEP, sealed);
        assertThat(Envelope.kid(resealed)).contains(kid(rotated, FleetKey.Kind.SECRET));
        FleetKeys left = rotated.without(kid(first, FleetKey.Kind.SECRET));
        assertThat(left.open(SealedKind.STEP, STEP, resealed)).isEqualTo(bytes());
        assertThatThrownBy(() -> left.open(SealedKind.STEP, STEP, sealed))
                .isInstanceOf(SealException.class);
    }

    @Test
    void theNewestKeyOfAKindCannotBeTakenAway() {
        FleetKeys rotated = FleetKeys.generate().rotated(NOW);
        for (FleetKey key : rotated.list().subList(0, 3)) {
            assertThat(key.madeAt()).isEqualTo(NOW);
            assertThat(key.replacedAt()).isNull();
            assertThatThrownBy(() -> rotated.without(key.kid()))
                    .hasMessage(key.kid() + ": is the newest of its kind");
        }
        for (FleetKey key : rotated.list().subList(3, 6)) {
            assertThat(key.madeAt()).isNull();
            assertThat(key.replacedAt()).isEqualTo(NOW);
            assertThat(rotated.without(key.kid()).list()).hasSize(5).doesNotContain(key);
        }
        assertThatThrownBy(() -> rotated.without("none")).hasMessage("none: is no key of ours");
    }

    @Test
    void whatARetiredKeySignedIsKnownForAsLongAsTheLogKeepsIt() throws Exception {
        FleetKeys first = FleetKeys.generate();
        first.save(privateFile, publicFile);
        FleetKeys rotated = first.rotated(NOW);
        rotated.replace(privateFile, publicFile, NOW, MONTH);
        FleetKeys left = rotated.without(kid(first, FleetKey.Kind.SIGNING));
        left.replace(privateFile, publicFile, NOW, MONTH);
        assertThat(FleetKeys.load(privateFile).list()).hasSize(5);
        FleetPublicKeys published = FleetPublicKeys.load(publicFile);
        SealTo sealTo = new SealTo(ACCOUNT, ACCOUNT, ACCOUNT, ChallengeKey.generate().publicJwk());
        String signed = first.signSealTo(sealTo);
        Instant last = NOW.plus(MONTH).minusSeconds(1);
        assertThat(published.usedAt(last, MINUTE).verify(signed)).isEqualTo(sealTo);
        assertThatThrownBy(() -> published.usedAt(NOW.plus(MONTH), MINUTE).verify(signed))
                .isInstanceOf(SealException.class);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(privateFile)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(privateFile, publicFile);
        }
    }

    private static String kid(FleetKeys keys, FleetKey.Kind kind) {
        return keys.list().stream().filter(k -> k.kind() == kind).findFirst().orElseThrow().kid();
    }

    @Test
    void aFileThatLacksAKeyIsRefusedByItsNameWithoutItsContent() throws Exception {
        FleetKeys.generate().save(privateFile, publicFile);
        List<JWK> all = keys(privateFile);
        for (int left = 0; left < all.size(); left++) {
            List<JWK> fewer = new ArrayList<>(all);
            fewer.remove(left);
            assertRefused(new JWKSet(fewer).toString(false));
        }
        assertRefused(Files.readString(publicFile));
        assertRefused("{}");
        assertRefused("hunter2");
        assertThatThrownBy(() -> FleetKeys.load(folder.resolve("none.json")))
                .hasMessage(folder.resolve("none.json") + ": must be a readable file");
    }

    private void assertRefused(String content) throws Exception {
        Path file = folder.resolve("broken.json");
        Files.writeString(file, content);
        assertThatThrownBy(() -> FleetKeys.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        file
                                + ": must be a JWK set with a pair for sealing, one for signing and"
                                + " a secret key")
                .hasNoCause();
    }

    @Test
    void aPublicFileThatLacksAKeyIsRefusedByItsName() throws Exception {
        Files.writeString(publicFile, "{\"keys\":[]}");
        assertThatThrownBy(() -> FleetPublicKeys.load(publicFile))
                .hasMessage(publicFile + ": must have an EC key with use=enc");
        Files.writeString(publicFile, "hello");
        assertThatThrownBy(() -> FleetPublicKeys.load(publicFile))
                .hasMessage(publicFile + ": must be a JWK set");
    }

    @Test
    void nothingThatHoldsASecretShowsIt() throws Exception {
        FleetKeys fleet = FleetKeys.generate();
        fleet.save(privateFile, publicFile);
        ChallengeKey challenge = ChallengeKey.generate();
        String shown = fleet + " " + challenge + " " + new Secret("hunter2");
        List<JWK> secrets = new ArrayList<>(keys(privateFile));
        secrets.add(JWK.parse(challenge.privateJson()));
        for (JWK key : secrets) {
            for (String member : List.of("d", "k")) {
                Object value = key.toJSONObject().get(member);
                if (value != null) {
                    assertThat(shown).doesNotContain(value.toString());
                }
            }
            assertThat(shown).contains(key.getKeyID());
        }
        assertThat(shown).doesNotContain("hunter2").endsWith("***");
        assertThat(new Secret("hunter2").reveal()).isEqualTo("hunter2");
    }

    private static List<JWK> keys(Path file) throws Exception {
        return JWKSet.parse(Files.readString(file)).getKeys();
    }

    private static byte[] bytes() {
        return new byte[] {1, 2, 3};
    }
}
