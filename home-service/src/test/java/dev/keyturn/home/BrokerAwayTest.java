package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.commands.SubmitCode;
import dev.keyturn.home.status.Facts;
import dev.keyturn.local.infra.Frozen;
import dev.keyturn.seal.ChallengeKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Without its broker Home says so, to pages and to who looks after it, takes no code that could be
 * lost, and goes on by itself when it is back.
 */
@QuarkusTest
@QuarkusTestResource(Stack.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the addresses
class BrokerAwayTest {

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    @TestHTTPResource(value = "/health/live", management = true)
    URI live;

    private final Person ada = new Person();

    @Test
    void aCodeThatTheBrokerDoesNotTakeIsRefusedForNowAndTakenLater() throws Exception {
        UUID account = ada.account();
        Facts f = ada.run(account);
        UUID challenge = UUID.randomUUID();
        ChallengeKey key = ChallengeKey.generate();
        ada.worker(
                f.started(1), f.requested(2, challenge, null, 1, Person.sealTo(f, challenge, key)));
        ada.awaitState(f.run, "WAITING");
        Map<String, Object> body =
                Map.of(
                        "submissionId",
                        UUID.randomUUID(),
                        "round",
                        1,
                        "sealed",
                        ChallengeKey.seal(key.publicJwk(), "123456", challenge, 1));
        String path = "/api/challenges/" + challenge + "/code";
        List<ProcessHandle> broker = broker();
        assertThat(broker).isNotEmpty();
        Client.Answer refused;
        try (Frozen _ = Frozen.freeze(broker)) {
            refused = ada.client.post(path, body);
        }

        assertThat(refused.status()).as(refused.raw().body()).isEqualTo(503);
        assertThat(refused.raw().headers().firstValue("Retry-After")).contains("2");
        assertThat(refused.text("detail")).startsWith("broker: did not take it in time");
        assertThat(refused.raw().body()).doesNotContain("Exception");
        await().until(() -> ada.client.post(path, body).status() == 202);
        assertThat(ada.awaitOne(SubmitCode.class, account).submissionId())
                .isEqualTo(body.get("submissionId"));
    }

    @Test
    void pagesAndReadinessSayThatTheBrokerIsSilentAndLivenessDoesNot() throws Exception {
        try (EventStream page = new EventStream(ada.client)) {
            page.awaitEvent("snapshot", _ -> true);
            await().until(() -> !isBehind(page));
            try (Frozen _ = Frozen.freeze(broker())) {
                await().until(() -> isBehind(page));
                assertThat(status(ready)).isEqualTo(503);
                assertThat(status(live)).isEqualTo(200);
                try (EventStream later = new EventStream(ada.client)) {
                    later.awaitEvent("snapshot", _ -> true);
                    await().until(() -> isBehind(later));
                }
            }
            await().until(() -> !isBehind(page));
            await().until(() -> status(ready) == 200);
        }
    }

    /** What the page's last heartbeat said; not behind where there was none. */
    private static boolean isBehind(EventStream page) {
        return page.events().stream()
                .filter(e -> e.name().equals("heartbeat"))
                .reduce((_, last) -> last)
                .filter(e -> e.data().path("behind").asBoolean())
                .isPresent();
    }

    private static int status(URI address) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(address).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static List<ProcessHandle> broker() {
        return ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("kafka.Kafka"))
                .toList();
    }
}
