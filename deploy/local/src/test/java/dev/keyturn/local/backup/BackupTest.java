package dev.keyturn.local.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.terminal.FakeTerminal;
import dev.keyturn.local.terminal.WrongUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    private static final Passphrase RIGHT = Passphrase.of("correct horse battery");
    private static final String SECRET = "the fleet's private key";

    @TempDir private Path folder;
    private Path home;
    private Path file;

    @BeforeEach
    void writeSomething() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        file = folder.resolve("keyturn.backup");
        put("secrets/fleet-private.json", SECRET.getBytes(StandardCharsets.UTF_8));
        byte[] page = new byte[3 << 20];
        new Random(7).nextBytes(page);
        put("postgres/data/base/1/1259", page);
        put("postgres/data/PG_VERSION", "18".getBytes(StandardCharsets.UTF_8));
        put("kafka/data/log", new byte[1 << 20]);
        put("documents/a b/ü", new byte[] {1});
        put("logs/home.log", new byte[] {2});
        Files.createDirectories(home.resolve("postgres/data/pg_notify"));
        Files.setPosixFilePermissions(
                home.resolve("postgres/data"), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(
                home.resolve("secrets/fleet-private.json"),
                PosixFilePermissions.fromString("rw-------"));
    }

    private void put(String name, byte[] content) throws IOException {
        Path target = home.resolve(name);
        Files.createDirectories(target.resolveSibling(""));
        Files.write(target, content);
    }

    @Test
    void whatWasBackedUpIsTheSameAfterARestoreWithItsRights() throws IOException {
        new Backup(home).write(file, RIGHT);
        Path other = folder.resolve("other");
        new Backup(other).restore(file, RIGHT);
        for (String name :
                List.of(
                        "secrets/fleet-private.json",
                        "postgres/data/base/1/1259",
                        "kafka/data/log",
                        "documents/a b/ü")) {
            assertThat(other.resolve(name))
                    .hasBinaryContent(Files.readAllBytes(home.resolve(name)));
            assertThat(Files.getPosixFilePermissions(other.resolve(name)))
                    .isEqualTo(Files.getPosixFilePermissions(home.resolve(name)));
        }
        assertThat(other.resolve("postgres/data/pg_notify")).isEmptyDirectory();
        assertThat(Files.getPosixFilePermissions(other.resolve("postgres/data")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(other.resolve("logs")).doesNotExist();
        assertThat(names(other)).doesNotContain("restored.new", "restored.old");
    }

    @Test
    void nothingOfItIsReadableAndOnlyItsOwnerHasIt() throws IOException {
        new Backup(home).write(file, RIGHT);
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain(SECRET, "fleet-private", "PG_VERSION");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(names(folder)).containsExactlyInAnyOrder("home", "keyturn.backup");
    }

    @Test
    void anotherPassphraseIsSaidAndChangesNothing() throws IOException {
        new Backup(home).write(file, RIGHT);
        put("secrets/fleet-private.json", "newer".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new Backup(home).restore(file, Passphrase.of("wrong horse")))
                .isInstanceOf(WrongUse.class)
                .hasMessage("The passphrase is not the one of this backup, or it is damaged");
        assertThat(home.resolve("secrets/fleet-private.json")).hasContent("newer");
        assertThat(names(home)).doesNotContain("restored.new", "restored.old");
    }

    @Test
    void aFileThatWasCutOrChangedIsSaidAndChangesNothing() throws IOException {
        new Backup(home).write(file, RIGHT);
        byte[] whole = Files.readAllBytes(file);
        put("secrets/fleet-private.json", "newer".getBytes(StandardCharsets.UTF_8));
        for (int length : List.of(whole.length - 1, whole.length / 2, whole.length - (1 << 20))) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertDamaged();
        }
        for (int at : List.of(whole.length - 5, whole.length / 2, 900)) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertDamaged();
        }
    }

    private void assertDamaged() {
        assertThatThrownBy(() -> new Backup(home).restore(file, RIGHT))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("damaged or not whole, nothing was changed");
        assertThat(home.resolve("secrets/fleet-private.json")).hasContent("newer");
    }

    @Test
    void whatIsNoBackupIsSaid() throws IOException {
        Files.writeString(file, "hello\nworld\n");
        assertThatThrownBy(() -> new Backup(home).restore(file, RIGHT))
                .hasMessage("This is no backup of Keyturn that this version knows");
        assertThatThrownBy(() -> new Backup(home).restore(folder.resolve("none"), RIGHT))
                .hasMessageContaining("There is no file");
    }

    @Test
    void aBackupOfANewerKeyturnIsRefusedInOneLine() throws IOException {
        put("version", "99.0.0".getBytes(StandardCharsets.UTF_8));
        new Backup(home).write(file, RIGHT);
        Files.delete(home.resolve("version"));
        assertThatThrownBy(() -> new Backup(home).restore(file, RIGHT))
                .hasMessageContaining("were written by Keyturn 99.0.0, this is Keyturn ");
        assertThat(home.resolve("version")).doesNotExist();
    }

    @Test
    void thePassphraseComesFromFileEnvironmentOrPersonAndIsNeverShown() throws IOException {
        Path held = Files.writeString(folder.resolve("held"), "from the file\n");
        Map<String, String> none = Map.of();
        Map<String, String> given = Map.of("KEYTURN_PASSPHRASE", "from the environment");
        assertThat(Passphrase.from(held, given, FakeTerminal.nobody(), true).reveal())
                .isEqualTo("from the file");
        assertThat(Passphrase.from(null, given, FakeTerminal.nobody(), true).reveal())
                .isEqualTo("from the environment");
        FakeTerminal typing = FakeTerminal.typing("from a person", "from a person");
        assertThat(Passphrase.from(null, none, typing, true).reveal()).isEqualTo("from a person");
        assertThat(typing.questions).allMatch(q -> q.startsWith("[secret] "));
        assertThatThrownBy(
                        () ->
                                Passphrase.from(
                                        null, none, FakeTerminal.typing("one 12345", "two"), true))
                .hasMessage("The two are not the same");
        assertThatThrownBy(() -> Passphrase.from(null, none, FakeTerminal.nobody(), true))
                .hasMessageContaining("--passphrase-file");
        assertThatThrownBy(() -> Passphrase.of("short")).hasMessageContaining("at least 8");
        assertThat(RIGHT).hasToString("***");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName())).toList();
        }
    }
}
