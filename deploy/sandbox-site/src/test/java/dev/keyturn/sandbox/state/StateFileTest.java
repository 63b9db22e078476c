package dev.keyturn.sandbox.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.sandbox.signin.Locks.Lock;
import dev.keyturn.sandbox.signin.Sessions.Session;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
    private static final Instant AT = Instant.parse("2026-05-01T12:00:00.123Z");
    private static final SiteState STATE =
            new SiteState(
                    "key",
                    List.of(new Session("hash", "ada", AT)),
                    List.of(new Lock("ben", 3, AT, 0), new Lock("cleo", 0, Instant.EPOCH, 59)));

    @TempDir Path folder;

    @Test
    void whatWasKeptIsReadAgain() {
        write(folder.resolve("made"));

        assertThat(StateFile.in(Optional.of(folder.resolve("made")), () -> STATE).read())
                .contains(STATE);
    }

    @Test
    void onlyTheOwnerMayRead() throws IOException {
        var made = folder.resolve("made");
        write(made);

        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(made.resolve("sandbox-site.json"))).isEqualTo("rw-------");
        assertThat(made).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void whatACrashLeftAsideIsWrittenOver() throws IOException {
        Files.writeString(folder.resolve("sandbox-site.json.new"), "half");
        write(folder);

        assertThat(StateFile.in(Optional.of(folder), () -> STATE).read()).contains(STATE);
    }

    @Test
    void withoutAFolderNothingIsKept() {
        var file = StateFile.in(Optional.empty(), () -> STATE);
        file.changed();
        file.close();

        assertThat(file.read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"version\":2}",
                "{\"version\":1}",
                "{\"version\":1,\"csrfKey\":\"k\",\"sessions\":[1]}",
                "{\"version\":1,\"csrfKey\":\"k\",\"sessions\":[{\"login\":\"ada\"}]}"
            })
    void whatCannotBeUnderstoodStopsTheStartAndNamesTheFile(String text) throws IOException {
        var kept = Files.writeString(folder.resolve("sandbox-site.json"), text);
        var file = StateFile.in(Optional.of(folder), () -> STATE);

        assertThatThrownBy(file::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(kept.toString());
        assertThat(kept).hasContent(text);
    }

    @Test
    void folderThatIsAFileStopsTheStartAndIsNamed() throws IOException {
        var notAFolder = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> StateFile.in(Optional.of(notAFolder), () -> STATE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("keyturn.sandbox.data=" + notAFolder);
    }

    private static void write(Path into) {
        try (var file = StateFile.in(Optional.of(into), () -> STATE)) {
            file.changed();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
