package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.home.status.Facts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Without its database Home says so, does nothing, and goes on by itself when it is back. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class DatabaseAwayTest {

    private final Person ada = new Person();

    @Test
    void everyOperationSaysWhatIsAwayAndAllGoesOnWhenItIsBack() throws IOException {
        UUID account = ada.account();
        Facts f = ada.run(account);
        Client page = ada.signedIn();
        try (EventStream stream = new EventStream(page)) {
            stream.awaitEvent("snapshot", _ -> true);
            Path cut = Files.createFile(Path.of(Client.config(DatabaseLine.CUT)));
            try {
                await().until(() -> ada.client.get("/api/accounts").status() != 200);
                stream.awaitEvent("heartbeat", h -> h.path("behind").asBoolean());
                for (Operations.Operation operation : Operations.all()) {
                    for (Client client : List.of(ada.client, page)) {
                        saysThatTheDatabaseIsAway(operation, client);
                    }
                }
                saysThatTheDatabaseIsAway(
                        new Operations.Operation("POST", "/api/session", "", "{\"token\":\"x\"}"),
                        Client.nobody().with("Origin", Client.baseUrl()));
                ada.worker(f.started(1), f.succeeded(2), f.finished(3));
            } finally {
                Files.delete(cut);
            }

            await().until(() -> ada.client.get("/api/accounts").status() == 200);
            ada.awaitState(f.run, "DONE");
            assertThat(page.get("/api/session").status()).isEqualTo(200);
        }
        try (EventStream again = new EventStream(page)) {
            again.awaitEvent("snapshot", s -> s.path("accounts").size() == 1);
            Facts next = ada.run(account);
            // While it is not listening again, a page learns of it from the snapshot that follows.
            await().until(() -> says(again, "QUEUED"));
            ada.worker(next.started(1), next.disarmed(2));
            await().until(() -> says(again, "CONNECTING"));
        }
    }

    private static boolean says(EventStream page, String state) {
        return page.events().stream()
                .map(e -> e.data().findPath("run").path("state").asText())
                .anyMatch(state::equals);
    }

    private static void saysThatTheDatabaseIsAway(Operations.Operation operation, Client client) {
        Client.Answer answer =
                client.send(
                        operation.method(), operation.path(Operations.unknown()), operation.body());
        String said = operation + " → " + answer.raw().body();
        assertThat(answer.status()).as(said).isEqualTo(503);
        assertThat(answer.raw().headers().allValues("Content-Type"))
                .as(said)
                .allMatch(type -> type.startsWith("application/problem+json"))
                .hasSize(1);
        assertThat(answer.raw().headers().allValues("Retry-After")).as(said).containsExactly("2");
        assertThat(answer.text("detail")).as(said).startsWith("database: cannot be reached");
        assertThat(said).doesNotContain("Exception").doesNotContain("127.0.0.1");
    }
}
