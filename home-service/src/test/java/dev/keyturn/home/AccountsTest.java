package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.commands.CancelRun;
import dev.keyturn.commands.EraseAccount;
import dev.keyturn.commands.ForgetSession;
import dev.keyturn.commands.RequestRun;
import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.events.AccountErased;
import dev.keyturn.events.CredentialsRefused;
import dev.keyturn.events.RunQueued;
import dev.keyturn.events.SessionForgotten;
import dev.keyturn.home.status.Facts;
import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.values.CredentialsRefusal;
import dev.keyturn.values.Reason;
import dev.keyturn.wire.Principal;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Accounts and runs: what home sends, and what the log's answers make of it. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class AccountsTest {

    private final Person ada = new Person();

    // ---- accounts -------------------------------------------------------------------------------

    @Test
    void aLabelIsTakenOncePerUserAndConnector() {
        Person.offer("sandbox");
        UUID first = UUID.randomUUID();

        assertThat(ada.add(first, "mine").status()).isEqualTo(201);
        assertThat(ada.add(UUID.randomUUID(), "mine").status()).isEqualTo(409);
        assertThat(ada.add(first, "other").status()).isEqualTo(409);
        assertThat(new Person().add(UUID.randomUUID(), "mine").status()).isEqualTo(201);
    }

    @Test
    void theSameAccountSentTwiceIsOne() {
        Person.offer("sandbox");
        UUID account = UUID.randomUUID();
        Map<String, Object> body =
                Map.of(
                        "id",
                        account,
                        "connector",
                        "sandbox",
                        "label",
                        "mine",
                        "sealed",
                        Person.sealed(account, "sandbox"));

        assertThat(ada.client.post("/api/accounts", body).status()).isEqualTo(201);
        assertThat(ada.client.post("/api/accounts", body).status()).isEqualTo(201);

        ada.awaitOne(SaveCredentials.class, account);
        assertThat(ada.client.get("/api/accounts").body()).hasSize(1);
        assertThat(ada.broker.seen(SaveCredentials.class, account)).hasSize(1);
    }

    @Test
    void theSealedTextGoesWhenTheLogSaysThatItIsSaved() throws SQLException {
        Person.offer("sandbox");
        UUID account = UUID.randomUUID();
        ada.add(account, "mine");
        assertThat(kept(account)).isEqualTo(1);
        SaveCredentials sent = ada.awaitOne(SaveCredentials.class, account);

        ada.saved(account, sent.version(), Person.sha256(sent.sealed()));

        await().untilAsserted(() -> assertThat(kept(account)).isZero());
        assertThat(ada.get(account).path("credentials").asText()).isEqualTo("SAVED");
    }

    @Test
    void otherCredentialsAreANewVersionAndEndTheKeptSession() {
        UUID account = ada.account();

        Client.Answer answer =
                ada.client.put(
                        "/api/accounts/" + account + "/credentials",
                        Map.of("sealed", Person.sealed(account, "sandbox")));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("credentialsVersion").asLong()).isEqualTo(2);
        ForgetSession forget = ada.awaitOne(ForgetSession.class, account);
        SaveCredentials sent = ada.awaitOne(SaveCredentials.class, account);
        assertThat(sent.version()).isEqualTo(2);
        ada.worker(
                new SessionForgotten(
                        UUID.randomUUID(), ada.id(), account, Instant.now(), forget.commandId()));
        ada.saved(account, 2, Person.sha256(sent.sealed()));
        await().until(() -> ada.get(account).path("credentials").asText().equals("SAVED"));
    }

    @Test
    void refusedCredentialsAreShownAndNothingRunsWithThem() {
        UUID account = ada.account();
        ada.worker(refused(account, 1));
        await().until(() -> ada.get(account).path("credentials").asText().equals("REFUSED"));

        assertThat(ada.get(account).path("refused").path("why").asText())
                .isEqualTo("OTHER_CONNECTOR");
        Client.Answer run = ada.ask(account);
        assertThat(run.status()).isEqualTo(409);
        assertThat(run.text("detail")).startsWith("credentials");
    }

    @Test
    void credentialsThatHomeDidNotSendPauseTheAccountUntilItsOwnerGivesOthers() {
        UUID account = ada.account();
        Facts f = ada.run(account);
        UUID challenge = UUID.randomUUID();
        ada.worker(f.started(1), Person.asked(f, 2, challenge));
        ada.awaitState(f.run, "WAITING");

        ada.saved(account, 7, Person.sha256("planted"));

        await().until(
                        () ->
                                ada.get(account)
                                        .path("paused")
                                        .path("why")
                                        .asText()
                                        .equals("FOREIGN_CREDENTIALS"));
        assertThat(ada.get(account).path("status").asText()).isEqualTo("PAUSED");
        assertThat(ada.client.get("/api/challenges?state=open").body()).isEmpty();
        assertThat(ada.client.get("/api/challenges/" + challenge).status()).isEqualTo(404);
        assertThat(metric("keyturn_home_facts_not_asked_for_total")).isPositive();
        ada.worker(f.failed(9));
        ada.awaitState(f.run, "FAILED");
        assertThat(ada.ask(account).text("detail")).contains("FOREIGN_CREDENTIALS");

        String sealed = Person.sealed(account, "sandbox");
        long version =
                ada.client
                        .put("/api/accounts/" + account + "/credentials", Map.of("sealed", sealed))
                        .body()
                        .path("credentialsVersion")
                        .asLong();
        assertThat(version).isEqualTo(8);
        ada.saved(account, 8, Person.sha256(sealed));
        await().until(() -> ada.get(account).path("paused").isNull());
        assertThat(ada.ask(account).status()).isEqualTo(202);
    }

    @Test
    void aPromptThatTheFleetDidNotSignIsNotShownAndThatIsSeen() {
        UUID account = ada.account();
        Facts f = ada.run(account);
        UUID challenge = UUID.randomUUID();
        double before = metric("keyturn_home_prompts_withheld_total");
        String ofOther = Person.sealTo(f, UUID.randomUUID(), ChallengeKey.generate());

        ada.worker(f.started(1), f.requested(2, challenge, null, 1, "not.a.jws"));
        ada.worker(f.requested(3, challenge, null, 1, ofOther), f.requested(4, challenge));

        await().until(() -> metric("keyturn_home_prompts_withheld_total") >= before + 3);
        await().until(
                        () ->
                                ada.get(account)
                                        .path("paused")
                                        .path("why")
                                        .asText()
                                        .equals("UNSIGNED_CHALLENGE"));
        assertThat(ada.client.get("/api/challenges").body()).isEmpty();
        assertThat(ada.getRun(f.run).path("state").asText()).isIn("CONNECTING", "PRESUMED");
        // The fleet's own prompt of the same id is shown all the same.
        ada.worker(Person.asked(f, 5, challenge));
        ada.awaitState(f.run, "WAITING");
        assertThat(ada.client.get("/api/challenges?state=open").body()).hasSize(1);
    }

    @Test
    void anErasedAccountIsErasedWhenTheLogSaysSo() throws SQLException {
        UUID account = ada.account();
        Facts f = ada.run(account);

        assertThat(ada.client.delete("/api/accounts/" + account + "?documents=true").status())
                .isEqualTo(202);

        assertThat(ada.client.delete("/api/accounts/" + account).status()).isEqualTo(202);
        EraseAccount command = ada.awaitOne(EraseAccount.class, account);
        assertThat(command.documents()).isTrue();
        assertThat(ada.broker.seen(EraseAccount.class, account)).hasSize(1);
        assertThat(ada.get(account).path("erased").path("state").asText()).isEqualTo("ERASING");
        assertThat(ada.ask(account).text("detail")).contains("erased");
        assertThat(
                        ada.client
                                .put(
                                        "/api/accounts/" + account + "/credentials",
                                        Map.of("sealed", Person.sealed(account, "sandbox")))
                                .status())
                .isEqualTo(409);

        ada.worker(
                f.failed(1, Reason.CANCELLED),
                new AccountErased(UUID.randomUUID(), ada.id(), account, Instant.now(), true));
        await().until(
                        () ->
                                ada.get(account)
                                        .path("erased")
                                        .path("state")
                                        .asText()
                                        .equals("ERASED"));
        assertThat(Instant.parse(ada.get(account).path("erased").path("until").asText()))
                .isAfter(Instant.now());
        assertThat(ada.client.get("/api/runs/" + f.run).status()).isEqualTo(404);
        assertThat(kept(account)).isZero();
    }

    // ---- runs -----------------------------------------------------------------------------------

    @Test
    void anAccountHasOneRunAtATimeUntilTheLogSaysThatItEnded() {
        UUID account = ada.account();
        Facts f = ada.run(account);

        Client.Answer second = ada.ask(account);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text("runId")).isEqualTo(f.run.toString());

        ada.worker(f.started(1), f.finished(2));
        ada.awaitState(f.run, "DONE");
        assertThat(ada.ask(account).status()).isEqualTo(202);
    }

    @Test
    void ofManyRequestsAtOnceOneTakesTheAccount() {
        UUID account = ada.account();

        List<Integer> answers =
                IntStream.range(0, 8).parallel().mapToObj(_ -> ada.ask(account).status()).toList();

        assertThat(answers).filteredOn(s -> s == 202).hasSize(1);
        assertThat(answers).filteredOn(s -> s == 409).hasSize(7);
    }

    @Test
    void theFactThatARunIsQueuedIsSentBeforeTheRequest() {
        UUID account = ada.account();
        ada.run(account);
        ada.awaitOne(RequestRun.class, account);
        ada.awaitOne(RunQueued.class, account);

        List<Broker.Sent> sent = ada.broker.sent(account);
        long queued = time(sent, RunQueued.class);
        assertThat(queued).isLessThanOrEqualTo(time(sent, RequestRun.class));
    }

    private static long time(List<Broker.Sent> sent, Class<?> type) {
        return sent.stream()
                .filter(s -> type.isInstance(s.message()))
                .findFirst()
                .orElseThrow()
                .timestamp();
    }

    @Test
    void aUserHasNoMoreOpenRunsThanTheLimit() {
        List<UUID> accounts = IntStream.range(0, 4).mapToObj(_ -> ada.account()).toList();
        accounts.subList(0, 3).forEach(ada::run);

        Client.Answer fourth = ada.ask(accounts.get(3));

        assertThat(fourth.status()).isEqualTo(429);
        assertThat(fourth.text("detail")).contains("at most 3");
    }

    @Test
    void aCancelIsSentBehindItsRunAndNoneIsSentForOneThatEnded() {
        UUID account = ada.account();
        Facts f = ada.run(account);

        assertThat(ada.client.post("/api/runs/" + f.run + "/cancel", "{}").status()).isEqualTo(202);
        assertThat(ada.awaitOne(CancelRun.class, account).runId()).isEqualTo(f.run);

        ada.worker(f.failed(1, Reason.CANCELLED));
        ada.awaitState(f.run, "FAILED");
        assertThat(ada.client.post("/api/runs/" + f.run + "/cancel", "{}").status()).isEqualTo(409);
    }

    private CredentialsRefused refused(UUID account, long version) {
        return new CredentialsRefused(
                UUID.randomUUID(),
                ada.id(),
                account,
                Instant.now(),
                version,
                CredentialsRefusal.OTHER_CONNECTOR,
                null);
    }

    private static int kept(UUID account) throws SQLException {
        try (Connection connection = Infrastructure.forTests().database(Principal.HOME).connect();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select count(*) from credentials where account_id = ? and sealed"
                                        + " is not null")) {
            query.setObject(1, account);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    private static double metric(String name) {
        return Metrics.value(name);
    }
}
