package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.commands.RequestRun;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.RunQueued;
import dev.keyturn.home.projection.Projection;
import dev.keyturn.home.status.Facts;
import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.local.infra.WriteCuts;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.reading.Received;
import dev.keyturn.values.Trigger;
import dev.keyturn.wire.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the log says, repeated, late, foreign or cut off: Home's tables hold it once. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class LogTest {

    @Inject Projection projection;
    @Inject Database database;

    private final Person ada = new Person();

    @Test
    void aFactThatIsRepeatedIsAppliedOnce() {
        UUID account = ada.account();
        Facts f = ada.run(account);
        var document = f.document(2);
        ada.worker(f.started(1), document, document, document);
        ada.awaitState(f.run, "FETCHING");
        ada.worker(f.finished(3));
        ada.awaitState(f.run, "DONE");

        assertThat(ada.getRun(f.run).path("documents").asInt()).isEqualTo(1);
        assertThat(ada.client.get("/api/runs/" + f.run + "/events").body()).hasSize(4);
    }

    @Test
    void aFactOfAWorkerThatLostTheRunIsShownAndChangesNothing() {
        UUID account = ada.account();
        Facts f = ada.run(account);
        double before = Metrics.value("keyturn_home_facts_older_epoch_total");
        ada.worker(f.started(1), f.epoch(2).adopted(2), f.failed(3), f.epoch(2).disarmed(4));

        await().until(() -> ada.client.get("/api/runs/" + f.run + "/events").body().size() == 5);
        assertThat(ada.getRun(f.run).path("state").asText()).isEqualTo("CONNECTING");
        assertThat(
                        ada.client
                                .get("/api/runs/" + f.run + "/events")
                                .body()
                                .get(3)
                                .path("late")
                                .asBoolean())
                .isTrue();
        assertThat(Metrics.value("keyturn_home_facts_older_epoch_total")).isGreaterThan(before);
    }

    @Test
    void aFactOfAnotherOwnerThanTheAccountsIsNotTaken() {
        UUID account = ada.account();
        Facts f = ada.run(account);
        Facts other = new Facts(UUID.randomUUID(), account, f.run, Trigger.MANUAL, 1);
        ada.worker(f.started(1), other.failed(2), f.disarmed(3));

        await().until(() -> ada.client.get("/api/runs/" + f.run + "/events").body().size() == 3);
        assertThat(ada.getRun(f.run).path("state").asText()).isEqualTo("CONNECTING");
    }

    @Test
    void theLogReadAgainFromItsStartChangesNothing() {
        UUID account = ada.account();
        ada.saved(account, 7, Person.sha256("planted"));
        await().until(() -> ada.get(account).path("status").asText().equals("PAUSED"));
        String sealed = Person.sealed(account, "sandbox");
        ada.client.put("/api/accounts/" + account + "/credentials", Map.of("sealed", sealed));
        ada.saved(account, 8, Person.sha256(sealed));
        await().until(() -> ada.get(account).path("paused").isNull());
        Facts f = ada.run(account);
        UUID challenge = UUID.randomUUID();
        signsIn(f, challenge);
        ada.awaitOne(RunFinished.class, account);
        ada.awaitOne(RequestRun.class, account);
        String before = everything(f, challenge);
        int sent = ada.broker.sent(account).size();

        List<Received> log =
                ada.broker.sent(account).stream()
                        .filter(s -> s.topic().equals(Topics.EVENTS))
                        .map(s -> new Received(s.message(), null, null, s.partition(), s.offset()))
                        .toList();
        assertThat(log).hasSizeGreaterThan(7);
        database.run(tx -> projection.apply(tx, log));

        assertThat(everything(f, challenge)).isEqualTo(before);
        assertThat(ada.broker.sent(account)).hasSize(sent);
    }

    /** Each time it is tried again it comes one write further. */
    @Test
    void whateverIsCutAfterAnyOfItsWritesIsDoneOnce() throws SQLException {
        UUID account = ada.account();
        int asking;
        int reading;
        Facts f;
        try (WriteCuts cuts = WriteCuts.in(Infrastructure.forTests().databaseAdmin(), "home")) {
            await().until(() -> ada.ask(account).status() == 202);
            asking = cuts.count();
            f = ada.openRun(account);
            ada.awaitOne(RequestRun.class, account);
            UUID challenge = UUID.randomUUID();
            cuts.again();
            signsIn(f, challenge);
            reading = cuts.count();
        }
        assertThat(asking).as("run, account, outbox").isGreaterThanOrEqualTo(2);
        assertThat(reading)
                .as("run, event, challenge, document, position")
                .isGreaterThanOrEqualTo(4);
        assertThat(ada.broker.seen(RunQueued.class, account)).hasSize(1);
        assertThat(ada.broker.seen(RequestRun.class, account)).hasSize(1);
        assertThat(ada.client.get("/api/runs/" + f.run + "/events").body()).hasSize(6);
        assertThat(ada.getRun(f.run).path("documents").asInt()).isEqualTo(1);
    }

    /** A run from its start to its end, as workers and twofa-service tell it. */
    private void signsIn(Facts f, UUID challenge) {
        ada.worker(f.started(1), Person.asked(f, 2, challenge));
        ada.twofa(f.answered(3, challenge));
        ada.worker(f.document(4), f.finished(5));
        ada.awaitState(f.run, "DONE");
    }

    private String everything(Facts f, UUID challenge) {
        return List.of(
                        "/api/accounts/" + f.account,
                        "/api/runs?account=" + f.account,
                        "/api/runs/" + f.run + "/events",
                        "/api/challenges/" + challenge,
                        "/api/documents?account=" + f.account)
                .stream()
                .map(path -> ada.client.get(path).raw().body())
                .collect(Collectors.joining("\n"));
    }
}
