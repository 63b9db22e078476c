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
