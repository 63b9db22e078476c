package dev.keyturn.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.commands.RequestRun;
import dev.keyturn.events.LoginStarted;
import dev.keyturn.events.RunQueued;
import dev.keyturn.home.status.Facts;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.values.Trigger;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A sign-in with a code, from the account to the document, as Home sees it. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class FirstSignInTest {

    private final Person ada = new Person();

    @Test
    void aRunThatAsksForACodeIsShownFromItsQueueToItsEnd() {
        UUID account = ada.account();
        try (EventStream page = new EventStream(ada.client)) {
            page.awaitEvent("snapshot", s -> s.path("accounts").size() == 1);
            Facts f = ada.run(account);
            RequestRun request = ada.awaitOne(RequestRun.class, account);
            assertThat(request.runId()).isEqualTo(f.run);
            assertThat(ada.awaitOne(RunQueued.class, account).runId()).isEqualTo(f.run);
            assertThat(ada.getRun(f.run).path("state").asText()).isEqualTo("QUEUED");

            UUID challenge = UUID.randomUUID();
            ChallengeKey key = ChallengeKey.generate();
            ada.worker(
                    f.started(1),
                    f.disarmed(2),
                    f.requested(3, challenge, null, 1, Person.sealTo(f, challenge, key)));
            JsonNode asked =
                    page.awaitEvent(
                                    "challenge",
                                    c ->
                                            c.path("challenge")
                                                    .path("id")
                                                    .asText()
                                                    .equals(challenge.toString()))
                            .path("challenge");
            assertThat(asked.path("state").asText()).isEqualTo("OPEN");
            assertThat(asked.path("jwk").path("kid").asText())
                    .isEqualTo(key.publicJwk().get("kid"));
            ada.awaitState(f.run, "WAITING");

            try (Twofa _ = Twofa.says(Verdict.DELIVERED, account)) {
                Client.Answer submitted = submit(asked, "123456", UUID.randomUUID());
                assertThat(submitted.status()).as(submitted.raw().body()).isEqualTo(200);
                assertThat(submitted.text("verdict")).isEqualTo("DELIVERED");
            }

            ada.twofa(f.answered(4, challenge));
            ada.awaitState(f.run, "CHECKING");
            UUID document = UUID.randomUUID();
            ada.worker(f.succeeded(5), f.document(6, document), f.finished(7));
            ada.awaitState(f.run, "DONE");
            JsonNode done =
                    page.awaitEvent(
                                    "account",
                                    a ->
                                            a.path("account")
                                                    .path("run")
                                                    .path("state")
                                                    .asText()
                                                    .equals("DONE"))
                            .path("account");
            assertThat(done.path("status").asText()).isEqualTo("CONNECTED");
            assertThat(types(f.run))
                    .containsExactly(
                            "RunQueued",
                            "LoginStarted",
                            "AutoSuccessDisabled",
                            "TwoFaRequested",
                            "TwoFaAnswered",
                            "LoginSucceeded",
                            "DocumentSaved",
                            "RunFinished");
            assertThat(ada.client.get("/api/challenges/" + challenge).text("outcome"))
                    .isEqualTo("ACCEPTED");
            assertThat(
                            ada.client
                                    .get("/api/documents?account=" + account)
                                    .body()
                                    .get(0)
                                    .path("id")
                                    .asText())
                    .isEqualTo(document.toString());
            assertThat(ada.client.get("/api/runs/" + f.run + "/events").raw().body())
                    .doesNotContain("sealTo");
        }
    }

    private List<String> types(UUID run) {
        List<String> types = new ArrayList<>();
        ada.client
                .get("/api/runs/" + run + "/events")
                .body()
                .forEach(entry -> types.add(entry.path("type").asText()));
        return types;
    }

    private Client.Answer submit(JsonNode challenge, String code, UUID submission) {
        UUID id = UUID.fromString(challenge.path("id").asText());
        Map<String, Object> jwk =
                Json.mapper().convertValue(challenge.path("jwk"), new TypeReference<>() {});
        String sealed = ChallengeKey.seal(jwk, code, id, 1);
        return Twofa.judged(
                ada.client,
                "/api/challenges/" + id + "/code",
                Map.of("submissionId", submission, "round", 1, "sealed", sealed));
    }

    @Test
    void aLoginWithoutAWordIsPresumedAndStoredAsSuch() {
        Facts f = ada.run(ada.account());
        try (EventStream page = new EventStream(ada.client)) {
            page.awaitEvent("snapshot", _ -> true);
            // Far enough from its eighth second that a busy machine reads it before that.
            ada.worker(
                    new LoginStarted(
                            UUID.randomUUID(),
                            f.owner,
                            f.account,
                            f.run,
                            1,
                            Instant.now().minusMillis(4000),
                            "sandbox",
                            Trigger.MANUAL));
            page.awaitEvent("account", a -> isIn(a, "CONNECTING"));
            page.awaitEvent("account", a -> isIn(a, "PRESUMED"));
        }
        assertThat(ada.getRun(f.run).path("state").asText()).isEqualTo("PRESUMED");
        ada.worker(f.failed(0));
        ada.awaitState(f.run, "FAILED");
        assertThat(ada.get(f.account).path("status").asText()).isEqualTo("FAILED");
    }

    private static boolean isIn(JsonNode event, String state) {
        return event.path("account").path("run").path("state").asText().equals(state);
    }
}
