package dev.keyturn.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.home.status.Facts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Documents are given as attachments, from where the workers put them and from nowhere else. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class DocumentsTest {

    private final Person ada = new Person();

    @Test
    void aDocumentIsAnAttachmentInASandbox() throws IOException {
        UUID document = UUID.randomUUID();
        UUID account = fetched(document);
        Files.writeString(
                Files.createDirectories(folder(account)).resolve(document.toString()), "%PDF");

        var answer = ada.client.get("/api/documents/" + document).raw();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("%PDF");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("application/pdf"));
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"statement.pdf\"; filename*=UTF-8''statement.pdf");
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .containsExactly("sandbox; default-src 'none'; frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void aDocumentThatIsALinkOrNotThereIsNotGiven() throws IOException {
        UUID document = UUID.randomUUID();
        UUID account = fetched(document);
        assertThat(ada.client.get("/api/documents/" + document).status()).isEqualTo(404);

        Path secret = Files.writeString(Files.createTempFile("outside", ".txt"), "secret");
        Files.createSymbolicLink(
                Files.createDirectories(folder(account)).resolve(document.toString()), secret);

        assertThat(ada.client.get("/api/documents/" + document).status()).isEqualTo(404);
        Files.delete(secret);
    }

    private UUID fetched(UUID document) {
        UUID account = ada.account();
        Facts f = ada.run(account);
        ada.worker(f.started(1), f.document(2, document), f.finished(3));
        ada.awaitState(f.run, "DONE");
        return account;
    }

    private static Path folder(UUID account) {
        return Path.of(Client.config("keyturn.documents.folder")).resolve(account.toString());
    }
}
