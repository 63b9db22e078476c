package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.ChooseMethod;
import dev.keyturn.commands.ExtendChallenge;
import dev.keyturn.commands.ResendCode;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.home.status.Facts;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Reason;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void anotherMessageIsAskedForInTheRoundThatThePersonSaw() {
        Open open = open();
        try (Twofa _ = Twofa.says(Verdict.DELIVERED, open.account())) {
            Client.Answer answer =
                    Twofa.judged(ada.client, open.path("resend"), Map.of("round", 1));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("verdict")).isEqualTo("DELIVERED");
        }
        assertThat(ada.awaitOne(ResendCode.class, open.account()))
                .returns(open.id(), ResendCode::challengeId)
                .returns(ada.id(), ResendCode::ownerId)
                .returns(1, ResendCode::round);
    }

    @Test
    void anotherWayIsAskedForInTheLatestRoundUnlessThePersonNamesOne() {
        Open open = open();
        try (Twofa _ = Twofa.says(Verdict.DELIVERED, open.account())) {
            Twofa.judged(ada.client, open.path("method"), Map.of("method", "EMAIL"));
        }
        assertThat(ada.awaitOne(ChooseMethod.class, open.account()))
                .returns(FactorType.EMAIL, ChooseMethod::method)
                .returns(1, ChooseMethod::round);
    }

    @Test
    void moreTimeIsAskedForFromTheDeadlineThatIsKnown() {
        Open open = open();
        Instant deadline = Instant.parse(challenge(open).path("deadline").asText());
        try (Twofa _ = Twofa.says(Verdict.DELIVERED, open.account())) {
            Twofa.judged(ada.client, open.path("extend"), Map.of("seconds", 90));
        }
        assertThat(ada.awaitOne(ExtendChallenge.class, open.account()).deadline())
                .isEqualTo(deadline.plusSeconds(90));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resend | {} | resendFrom",
                "method | {\"method\":\"EMAIL\"} | method",
                "extend | {\"seconds\":60} | seconds"
            })
    void whatTheSiteDoesNotOfferIsSaidToBeSo(String verb, String body, String field)
            throws Exception {
        Open open = open();
        try (Twofa _ = Twofa.says(Verdict.MALFORMED, open.account())) {
            Client.Answer answer =
                    Twofa.judged(ada.client, open.path(verb), Json.mapper().readTree(body));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("verdict")).isEqualTo("MALFORMED");
            assertThat(answer.text("field")).isEqualTo(field);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resend | {\"round\":0} | round",
                "method | {} | method",
                "method | {\"method\":\"e-mail\"} | method",
                "extend | {} | seconds",
                "extend | {\"seconds\":0} | seconds",
                "extend | {\"seconds\":3601} | seconds",
                "extend | {\"seconds\":\"many\"} | seconds"
            })
    void whatCannotBeMeantIsNotSent(String verb, String body, String field) {
        Open open = open();
        Client.Answer answer = ada.client.post(open.path(verb), body);

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.text("field")).isEqualTo(field);
        assertThat(ada.broker.sent(open.account()))
                .noneMatch(sent -> sent.message() instanceof ChallengeCommand);
    }

    @Test
    void theNextRoundShowsWhatIsAskedThenAndAMovedDeadlineIsTold() {
        Open open = open();
        Facts f = open.facts();
        ada.worker(f.resent(3, open.id(), 2));
        await().until(() -> challenge(open).path("round").asInt() == 2);
        ada.twofa(f.extended(4, open.id(), 400));

        String later = Facts.at(400).toString();
        await().until(() -> challenge(open).path("deadline").asText().equals(later));
        assertThat(challenge(open).path("destination").asText()).isEqualTo("••43");
        assertThat(challenge(open).path("state").asText()).isEqualTo("OPEN");
    }

    @Test
    void anAccountHasOnePromptOverAllItsRuns() {
        Open first = open();
        ada.worker(first.facts().failed(3, Reason.CANCELLED));
        ada.awaitState(first.facts().run, "FAILED");
        Facts f = ada.run(first.account());
        UUID second = UUID.randomUUID();
        ada.worker(
                f.started(4),
                f.requested(5, second, null, 1, Person.sealTo(f, second, ChallengeKey.generate())));
        ada.awaitState(f.run, "WAITING");

        JsonNode open = ada.client.get("/api/challenges?state=open").body();
        assertThat(open).hasSize(1);
        assertThat(open.get(0).path("id").asText()).isEqualTo(second.toString());
        assertThat(challenge(first).path("outcome").asText()).isEqualTo("RUN_ENDED");
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
