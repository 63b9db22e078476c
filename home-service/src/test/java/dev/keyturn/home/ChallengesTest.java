package dev.keyturn.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.commands.CancelChallenge;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.home.status.Facts;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.ReplyAddress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
    void eachVerdictHasItsAnswer() throws Exception {
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
            UUID submission = UUID.randomUUID();
            CompletableFuture<Void> twofa = answerCode(submission, open, row.getKey());
            Client.Answer answer = ada.client.post(open.path("code"), open.body(submission));
            twofa.get();
            assertThat(answer.status()).as(row.getKey().text()).isEqualTo(row.getValue());
            String told =
                    row.getKey().equals(Verdict.NOT_YOURS)
                            ? "UNKNOWN_CHALLENGE"
                            : row.getKey().text();
            assertThat(answer.text("verdict")).isEqualTo(told);
        }
    }

    @Test
    void withoutAVerdictInTimeACodeIsPendingAndAskedAgainItGetsIts() throws Exception {
        Open open = open();
        UUID submission = UUID.randomUUID();
        Map<String, Object> body = open.body(submission);

        Client.Answer first = ada.client.post(open.path("code"), body);
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.text("verdict")).isEqualTo("PENDING");

        CompletableFuture<Void> twofa = answerCode(submission, open, Verdict.DELIVERED, 2);
        Client.Answer second = ada.client.post(open.path("code"), body);
        twofa.get();
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
        CompletableFuture<Client.Answer> other =
                CompletableFuture.supplyAsync(() -> ada.client.post(open.path("code"), body));
        CompletableFuture<Void> twofa = answerCode(submission, open, Verdict.DELIVERED);

        Client.Answer one = ada.client.post(open.path("code"), body);

        twofa.get();
        assertThat(List.of(one.text("verdict"), other.get().text("verdict")))
                .isSubsetOf("DELIVERED", "PENDING")
                .contains("DELIVERED");
    }

    @Test
    void aCodeForAChallengeThatIsOverIsLetThroughForItsVerdict() throws Exception {
        Open open = open();
        ada.twofa(open.facts().expired(3, open.id()));
        await().until(() -> challenge(open).path("state").asText().equals("ENDED"));
        UUID submission = UUID.randomUUID();
        CompletableFuture<Void> twofa = answerCode(submission, open, Verdict.TOO_LATE);

        Client.Answer answer = ada.client.post(open.path("code"), open.body(submission));

        twofa.get();
        assertThat(answer.text("verdict")).isEqualTo("TOO_LATE");
    }

    @Test
    void theCommandSaysWhoGaveTheCodeAndWhen() throws Exception {
        Open open = open();
        UUID submission = UUID.randomUUID();
        CompletableFuture<Void> twofa = answerCode(submission, open, Verdict.DELIVERED);
        Instant before = Instant.now().minusMillis(1);
        ada.client.post(open.path("code"), open.body(submission));
        twofa.get();

        SubmitCode code = ada.awaitOne(SubmitCode.class, open.account());
        assertThat(code.ownerId()).isEqualTo(ada.id());
        assertThat(code.at()).isBetween(before, Instant.now());
    }

    @Test
    void aChallengeIsGivenUp() throws Exception {
        Open open = open();
        CompletableFuture<Void> twofa =
                CompletableFuture.runAsync(
                        () -> {
                            CancelChallenge cancel =
                                    ada.awaitOne(CancelChallenge.class, open.account());
                            answer(open, cancel.commandId(), cancel.commandId(), Verdict.CANCELLED);
                        });

        Client.Answer answer = ada.client.post(open.path("cancel"), "{}");

        twofa.get();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("verdict")).isEqualTo("CANCELLED");
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

    private CompletableFuture<Void> answerCode(UUID submission, Open open, Verdict verdict) {
        return answerCode(submission, open, verdict, 1);
    }

    private CompletableFuture<Void> answerCode(
            UUID submission, Open open, Verdict verdict, int times) {
        return CompletableFuture.runAsync(
                () -> {
                    await().until(
                                    () ->
                                            ada
                                                            .broker
                                                            .seen(SubmitCode.class, open.account())
                                                            .stream()
                                                            .filter(
                                                                    c ->
                                                                            c.submissionId()
                                                                                    .equals(
                                                                                            submission))
                                                            .count()
                                                    >= times);
                    answer(open, submission, submission, verdict);
                });
    }

    private void answer(Open open, UUID correlation, UUID request, Verdict verdict) {
        ReplyAddress address =
                ada.broker.sent(open.account()).stream()
                        .map(Broker.Sent::replyTo)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .filter(a -> a.correlationId().equals(correlation.toString()))
                        .findFirst()
                        .orElseThrow();
        ada.broker.reply(
                new VerdictGiven(UUID.randomUUID(), open.id(), Instant.now(), request, verdict),
                address);
    }
}
