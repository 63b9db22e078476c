package dev.keyturn.home.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredDocumentsTest {

    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final UUID DOCUMENT = UUID.randomUUID();

    @TempDir Path folder;

    @Test
    void aDocumentIsFoundByItsKey() throws IOException {
        write(ACCOUNT);
        try (InputStream in = open(ACCOUNT + "/" + DOCUMENT)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("text");
        }
    }

    @Test
    void aKeyOfAnotherAccountIsNone() throws IOException {
        UUID other = UUID.randomUUID();
        write(other);
        assertThatThrownBy(() -> open(other + "/" + DOCUMENT))
                .isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "/etc/passwd",
                "",
                "a/b",
                "%s",
                "%s/",
                "%s/../x",
                "%s/.."
            })
    void whatIsNoKeyIsNoPath(String key) throws IOException {
        write(ACCOUNT);
        assertThatThrownBy(() -> open(key.replace("%s", ACCOUNT.toString())))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve(DOCUMENT.toString()), "secret");
        Files.createSymbolicLink(folder.resolve(ACCOUNT.toString()), outside);
        assertThatThrownBy(() -> open(ACCOUNT + "/" + DOCUMENT))
                .isInstanceOf(NoSuchFileException.class);
    }

    private InputStream open(String key) throws IOException {
        return new StoredDocuments(folder).open(ACCOUNT, key);
    }

    private void write(UUID account) throws IOException {
        Path place = Files.createDirectory(folder.resolve(account.toString()));
        Files.writeString(place.resolve(DOCUMENT.toString()), "text");
    }
}
