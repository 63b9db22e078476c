package dev.keyturn.worker.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderDocumentsTest {

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    private final UUID account = UUID.randomUUID();
    private final UUID document = UUID.randomUUID();
    private Path folder;
    private FolderDocuments documents;

    @BeforeEach
    void open(@TempDir Path temp) throws IOException {
        folder = temp.resolve("data/documents");
        documents = FolderDocuments.open(folder);
    }

    @Test
    void aDocumentIsThereForItsOwnerOnly() throws IOException {
        StoredDocument stored = documents.write(account, document, CONTENT);

        assertThat(stored)
                .isEqualTo(
                        new StoredDocument(
                                account + "/" + document,
                                7,
                                "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"));
        assertThat(documents.read(stored.key())).isEqualTo(CONTENT);
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(folder.resolve(account.toString()))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve(stored.key()))).isEqualTo("rw-------");
        assertThat(names(folder.resolve(account.toString()))).containsExactly(document.toString());
    }

    @Test
    void writingAgainReplacesTheWhole() throws IOException {
        documents.write(account, document, new byte[1000]);

        StoredDocument stored = documents.write(account, document, CONTENT);

        assertThat(documents.read(stored.key())).isEqualTo(CONTENT);
    }

    @Test
    void noLinkIsFollowedInPlaceOfTheAccount(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(folder.resolve(account.toString()), elsewhere);

        assertThatThrownBy(() -> documents.write(account, document, CONTENT))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(
                        folder.toRealPath().resolve(account.toString())
                                + ": a link is in the way: must be a folder");
        assertThatThrownBy(() -> documents.read(account + "/" + document))
                .hasMessageContaining("a link is in the way");
        assertThatThrownBy(() -> documents.deleteAccount(account))
                .hasMessageContaining("a link is in the way");
        assertThat(names(elsewhere)).isEmpty();
    }

    @Test
    void noLinkIsFollowedInPlaceOfTheDocument(@TempDir Path elsewhere) throws IOException {
        Path target = Files.writeString(elsewhere.resolve("other"), "untouched");
        Path place = Files.createDirectory(folder.resolve(account.toString()));
        Files.createSymbolicLink(place.resolve(document.toString()), target);

        assertThatThrownBy(() -> documents.write(account, document, CONTENT))
                .isInstanceOf(FileSystemException.class)
                .hasMessageEndingWith(": a link is in the way: must be a file");
        assertThatThrownBy(() -> documents.read(account + "/" + document))
                .hasMessageEndingWith(": a link is in the way: must be a file");
        assertThat(target).hasContent("untouched");
        assertThat(names(place)).containsExactly(document.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../etc/passwd", "a/b", "/etc/passwd"})
    void onlyKeysOfTheStoreAreRead(String key) {
        assertThatThrownBy(() -> documents.read(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("document key=" + key + ": must be account/document");
    }

    @Test
    void deletingAnAccountLeavesTheOthers() throws IOException {
        UUID other = UUID.randomUUID();
        documents.write(account, document, CONTENT);
        StoredDocument kept = documents.write(other, document, CONTENT);

        documents.deleteAccount(account);
        documents.deleteAccount(account);

        assertThat(names(folder)).containsExactly(other.toString());
        assertThat(documents.read(kept.key())).isEqualTo(CONTENT);
        assertThatThrownBy(() -> documents.read(account + "/" + document))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFolderThatIsAFileIsNamed(@TempDir Path temp) throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> FolderDocuments.open(file)).hasMessage(file + ": is not a folder");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
