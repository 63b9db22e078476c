package dev.keyturn.local.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in a data folder at a start. */
class DataFolderTest {

    @TempDir Path folder;

    @Test
    void postgresNamesAFolderWithoutItsVersion() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        assertThatThrownBy(() -> postgres().prepare())
                .isInstanceOf(StackFailure.class)
                .hasMessage("The data folder " + data + " is broken: it has no PG_VERSION file");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void postgresNamesDataOfANewerServer() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "19\n");
        assertThatThrownBy(() -> postgres().prepare())
                .hasMessage("The data in " + data + " are of PostgreSQL 19, this is PostgreSQL 18");
    }

    @Test
    void kafkaNamesAFolderWithoutItsId() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        assertThatThrownBy(() -> kafka().prepare())
                .hasMessage(
                        "The data folder " + data + " is broken: it has no meta.properties file");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aFirstStartThatWasCutShortIsDoneAgain() throws IOException {
        Files.createDirectories(folder.resolve("data.new/base"));
        postgres().prepare();
        assertThat(folder.resolve("data/PG_VERSION")).hasContent("18");
        assertThat(folder.resolve("data.new")).doesNotExist();
    }

    @Test
    void aDamagedSecretIsNamedWithoutItsText() {
        Secrets secrets = new Secrets(folder);
        PrivateFiles.write(secrets.file("kafka-home"), "half of a sec");
        assertThatThrownBy(() -> secrets.get("kafka-home"))
                .hasMessage(secrets.file("kafka-home") + " does not hold a generated secret");
    }

    @Test
    void aFullDiskIsCalledByItsName() {
        StackFailure failure =
                PrivateFiles.failure(
                        folder.resolve("x"),
                        new IOException(folder.resolve("x") + ": No space left on device"));
        assertThat(failure).hasMessage("The disk is full: could not write " + folder.resolve("x"));
    }

    @Test
    void aDamagedKeyFileIsNamed() {
        HomeFolder home = new HomeFolder(folder);
        home.prepare();
        PrivateFiles.write(home.privateKeys(), "{}");
        assertThatThrownBy(home::prepare)
                .isInstanceOf(StackFailure.class)
                .hasMessageStartingWith(home.privateKeys().toString());
    }

    @Test
    void whoMayNotWriteIsToldWhere() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> PrivateFiles.folder(file.resolve("below")))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining(file.toString());
    }

    private PostgresProcess postgres() {
        return new PostgresProcess(Checkout.here(), folder, 1, new Secrets(folder), true);
    }

    private KafkaProcess kafka() {
        return new KafkaProcess(
                Checkout.here(), folder, 1, 2, new Secrets(folder.resolve("s")), List.of());
    }
}
