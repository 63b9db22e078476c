package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.home.status.Facts;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.values.Verdict;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What people say to a challenge, and what home makes of twofa-service's answers. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ChallengesTest {

    private final Person ada = new Person();

    /** A challenge that is open, with its key. */
    private record Open(Facts facts, UUID account, UUID id, ChallengeKey key) {

        String sealed(int round) {
            return ChallengeKey.seal(key.publicJwk(), "123456", id, round);
        }

        Map<String, Object> body(UUID submission) {
            return Map.of("submissionId", submission, "round", 1, "sealed", sealed(1));
        }

        String path(String verb) {
            return "/api/challenges/" + id + "/" + verb;
        }
    }

    private Open open() {
        UUID account = ada.account();
        Facts f = ada.run(account);
        Open open = new Open(f, account, UUID.randomUUID(), ChallengeKey.generate());
        ada.worker(
                f.started(1),
                f.requested(2, open.id(), null, 1, Person.sealTo(f, open.id(), open.key())));
        ada.awaitState(f.run, "WAITING");
        return open;
    }

    @Test
    void eachVerdictHasItsAnswer() {
        Open open = open();
        Map<Verdict, Integer> expected =
                Map.of(
                        Verdict.DELIVERED,
                        200,
                        Verdict.ALREADY_ANSWERED,
                        200,
                        Verdict.SUPERSEDED,
                        200,
                        Verdict.TOO_LATE,
                        200,
                        Verdict.CANCELLED,
                        200,
                        new Verdict("NEWER"),
                        200,
                        Verdict.MALFORMED,
                        400,
                        Verdict.UNKNOWN_CHALLENGE,
                        404,
                        Verdict.NOT_YOURS,
                        404);
        for (var row : expected.entrySet()) {
            Client.Answer answer = answerCode(UUID.randomUUID(), open, row.getKey());
            assertThat(answer.status()).as(row.getKey().text()).isEqualTo(row.getValue());
            String told =
                    row.getKey().equals(Verdict.NOT_YOURS)
                            ? "UNKNOWN_CHALLENGE"
                            : row.getKey().text();
            assertThat(answer.text("verdict")).isEqualTo(told);
        }
    }

    @Test
    void withoutAVerdictInTimeACodeIsPendingAndAskedAgainItGetsIts() {
        Open open = open();
        UUID submission = UUID.randomUUID();
        Map<String, Object> body = open.body(submission);

        Client.Answer first = ada.client.post(open.path("code"), body);
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.text("verdict")).isEqualTo("PENDING");

        Client.Answer second = answerCode(submission, open, Verdict.DELIVERED);
        assertThat(second.text("verdict")).isEqualTo("DELIVERED");
        assertThat(ada.broker.seen(SubmitCode.class, open.account()))
                .extracting(SubmitCode::submissionId)
                .containsOnly(submission);
    }

    @Test
    void aDoubleClickIsOneSubmission() throws Exception {
        Open open = open();
        UUID submission = UUID.randomUUID();
        Map<String, Object> body = open.body(submission);
        FutureTask<Client.Answer> other =
                new FutureTask<>(() -> Twofa.judged(ada.client, open.path("code"), body));
        Thread.ofPlatform().start(other);

        Client.Answer one = answerCode(submission, open, Verdict.DELIVERED);

        assertThat(one.text("verdict")).isEqualTo("DELIVERED");
        assertThat(other.get().text("verdict")).isIn("DELIVERED", "PENDING");
        assertThat(ada.broker.seen(SubmitCode.class, open.account()))
                .extracting(SubmitCode::submissionId)
                .containsOnly(submission);
    }

    @Test
    void aCodeForAChallengeThatIsOverIsLetThroughForItsVerdict() {
        Open open = open();
        ada.twofa(open.facts().expired(3, open.id()));
        await().until(() -> challenge(open).path("state").asText().equals("ENDED"));

        Client.Answer answer = answerCode(UUID.randomUUID(), open, Verdict.TOO_LATE);

        assertThat(answer.text("verdict")).isEqualTo("TOO_LATE");
    }

    @Test
    void theCommandSaysWhoGaveTheCodeAndWhen() {
        Open open = open();
        Instant before = Instant.now().minusMillis(1);
        answerCode(UUID.randomUUID(), open, Verdict.DELIVERED);

        SubmitCode code = ada.awaitOne(SubmitCode.class, open.account());
        assertThat(code.ownerId()).isEqualTo(ada.id());
        assertThat(code.at()).isBetween(before, Instant.now());
    }

    @Test
    void aChallengeIsGivenUp() {
        Open open = open();
        try (Twofa _ = Twofa.says(Verdict.CANCELLED, open.account())) {
            Client.Answer answer = Twofa.judged(ada.client, open.path("cancel"), Map.of());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("verdict")).isEqualTo("CANCELLED");
        }
    }

    @Test
    void theNextAttemptSaysWhyTheLastWasRefusedAndKeepsItsDeadline() {
        Open open = open();
        UUID next = UUID.randomUUID();
        Facts f = open.facts();
        ada.twofa(f.answered(3, open.id()));
        ada.worker(
                f.rejected(4, open.id()),
                f.requested(
                        5, next, open.id(), 2, Person.sealTo(f, next, ChallengeKey.generate())));

        await().until(() -> ada.client.get("/api/challenges/" + next).status() == 200);
        JsonNode second = ada.client.get("/api/challenges/" + next).body();
        assertThat(second.path("retryOf").asText()).isEqualTo(open.id().toString());
        assertThat(second.path("rejected").path("why").asText()).isEqualTo("WRONG");
        assertThat(second.path("rejected").path("words").asText()).isEqualTo("Wrong code");
        assertThat(challenge(open).path("state").asText()).isEqualTo("REJECTED");
        assertThat(ada.client.get("/api/challenges?state=open").body()).hasSize(1);
        assertThat(ada.getRun(f.run).path("challengeId").asText()).isEqualTo(next.toString());
    }

    private JsonNode challenge(Open open) {
        return ada.client.get("/api/challenges/" + open.id()).body();
    }

    /** Submits while twofa-service says this. */
    private Client.Answer answerCode(UUID submission, Open open, Verdict verdict) {
        try (Twofa _ = Twofa.says(verdict, open.account())) {
            return Twofa.judged(ada.client, open.path("code"), open.body(submission));
        }
    }
}
