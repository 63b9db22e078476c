package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.commands.CancelChallenge;
import dev.keyturn.commands.CancelRun;
import dev.keyturn.commands.EraseAccount;
import dev.keyturn.commands.ForgetSession;
import dev.keyturn.commands.RequestRun;
import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.events.RunQueued;
import dev.keyturn.home.status.Facts;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.wire.Message;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A run can be followed from the request that asked for it: what it sends carries its trace. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class TraceTest {

    private final Person ada = new Person();
    private int requests;
    private final UUID account = UUID.randomUUID();

    @Test
    void everyCommandOfARequestCarriesTheTraceOfItsClient() {
        Person.offer("sandbox");
        String credentials = Person.sealed(account, "sandbox");
        String added =
                traced(
                        "POST",
                        "/api/accounts",
                        Map.of(
                                "id",
                                account,
                                "connector",
                                "sandbox",
                                "label",
                                "mine",
                                "sealed",
                                credentials));
        sentWith(added, SaveCredentials.class);
        String corrected =
                traced(
                        "PUT",
                        "/api/accounts/" + account + "/credentials",
                        Map.of("sealed", credentials));
        sentWith(corrected, SaveCredentials.class);
        sentWith(corrected, ForgetSession.class);
        String asked =
                traced("POST", "/api/accounts/" + account + "/runs", Map.of("trigger", "MANUAL"));
        sentWith(asked, RunQueued.class);
        sentWith(asked, RequestRun.class);
        Facts f = ada.openRun(account);
        UUID challenge = UUID.randomUUID();
        ChallengeKey key = ChallengeKey.generate();
        ada.worker(
                f.started(1), f.requested(2, challenge, null, 1, Person.sealTo(f, challenge, key)));
        ada.awaitState(f.run, "WAITING");
        String code =
                traced(
                        "POST",
                        "/api/challenges/" + challenge + "/code",
                        Map.of(
                                "submissionId",
                                UUID.randomUUID(),
                                "round",
                                1,
                                "sealed",
                                ChallengeKey.seal(key.publicJwk(), "123456", challenge, 1)));
        sentWith(code, SubmitCode.class);
        sentWith(
                traced("POST", "/api/challenges/" + challenge + "/cancel", Map.of()),
                CancelChallenge.class);
        sentWith(traced("POST", "/api/runs/" + f.run + "/cancel", Map.of()), CancelRun.class);
        sentWith(traced("DELETE", "/api/accounts/" + account, Map.of()), EraseAccount.class);
    }

    @Test
    void aRequestWithoutAGoodTraceBeginsOneOfItsOwn() {
        Set<String> traces = new HashSet<>();
        for (Client client :
                List.of(ada.client, ada.client, ada.client.with("traceparent", "00-0-0-00"))) {
            UUID id = ada.account();
            assertThat(
                            client.post("/api/accounts/" + id + "/runs", "{\"trigger\":\"MANUAL\"}")
                                    .status())
                    .isEqualTo(202);
            ada.awaitOne(RequestRun.class, id);
            ada.awaitOne(RunQueued.class, id);
            Set<String> ofRun = new HashSet<>();
            ada.broker.sent(id).stream()
                    .filter(
                            s ->
                                    s.message() instanceof RunQueued
                                            || s.message() instanceof RequestRun)
                    .forEach(s -> ofRun.add(Objects.requireNonNull(s.traceparent())));
            assertThat(ofRun).hasSize(1);
            traces.addAll(ofRun);
        }
        assertThat(traces)
                .hasSize(3)
                .allMatch(t -> t.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"))
                .noneMatch(t -> t.contains("-0000000000000000-"));
    }

    /** Sends a request with a trace of its own; says which. */
    private String traced(String method, String path, Map<String, ?> body) {
        requests++;
        String traceparent =
                "00-4bf92f3577b34da6a3ce929d0e0e%04x-00f067aa0ba902b7-01".formatted(requests);
        Client.Answer answer =
                ada.client.with("traceparent", traceparent).send(method, path, Client.json(body));
        assertThat(answer.status()).as(answer.raw().body()).isBetween(200, 202);
        return traceparent;
    }

    private void sentWith(String traceparent, Class<? extends Message> type) {
        await().untilAsserted(
                        () ->
                                assertThat(ada.broker.sent(account))
                                        .anyMatch(
                                                s ->
                                                        type.isInstance(s.message())
                                                                && traceparent.equals(
                                                                        s.traceparent())));
    }
}
