package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.commands.EraseAccount;
import dev.keyturn.commands.RequestRun;
import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.events.AccountErased;
import dev.keyturn.home.accounts.Unanswered;
import dev.keyturn.home.projection.TimeDriven;
import dev.keyturn.home.status.Facts;
import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.seal.ChallengeKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What open pages are told, and what changes by time alone. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class LiveTest {

    @Inject TimeDriven timeDriven;
    @Inject Unanswered unanswered;

    private final Person ada = new Person();

    @Test
    void aPageGetsWhatThereIsThenWhatChangesAndAHeartbeat() {
        UUID account = ada.account();
        try (EventStream page = new EventStream(ada.client)) {
            JsonNode snapshot = page.awaitEvent("snapshot", _ -> true);
            assertThat(snapshot.path("accounts").findValuesAsText("id"))
                    .contains(account.toString());
            assertThat(Instant.parse(snapshot.path("now").asText()))
                    .isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
            Facts f = ada.run(account);
            ada.worker(f.started(1), f.succeeded(2));
            page.awaitEvent("account", a -> state(a).equals("CONNECTED"));
            page.awaitEvent("heartbeat", h -> h.hasNonNull("now"));
            Person.offer("c" + UUID.randomUUID());
            page.awaitEvent("connectors", c -> c.path("connectors").size() > 1);
            assertThat(versions(page)).isSorted();
        }
    }

    @Test
    void nobodySeesWhatIsAnothers() {
        Person ben = new Person();
        UUID bens = ben.account();
        try (EventStream page = new EventStream(ada.client)) {
            page.awaitEvent("snapshot", s -> s.path("accounts").isEmpty());
            Facts f = ben.run(bens);
            ben.worker(
                    f.started(1),
                    f.requested(
                            2,
                            UUID.randomUUID(),
                            null,
                            1,
                            Person.sealTo(f, UUID.randomUUID(), ChallengeKey.generate())));
            UUID mine = ada.account();
            page.awaitEvent(
                    "account", a -> a.path("account").path("id").asText().equals(mine.toString()));
            assertThat(page.events()).noneMatch(e -> e.data().toString().contains(bens.toString()));
        }
    }

    @Test
    void aPromptGoesFromAnOpenPageWhenItsAccountIsPaused() {
        UUID account = ada.account();
        Facts f = ada.run(account);
        UUID challenge = UUID.randomUUID();
        try (EventStream page = new EventStream(ada.client)) {
            ada.worker(f.started(1), Person.asked(f, 2, challenge));
            page.awaitEvent("challenge", _ -> true);

            ada.saved(account, 7, Person.sha256("planted"));

            page.awaitEvent(
                    "snapshot",
                    s ->
                            s.path("challenges").isEmpty()
                                    && s.path("accounts")
                                            .path(0)
                                            .path("status")
                                            .asText()
                                            .equals("PAUSED"));
        }
    }

    @Test
    void pagesThatConnectAtAnyInstantMissNothing() {
        UUID account = ada.account();
        Facts f = ada.run(account);
        List<EventStream> pages = new ArrayList<>();
        try {
            ada.worker(f.started(1));
            for (int i = 0; i < 20; i++) {
                pages.add(new EventStream(ada.client));
                ada.worker(f.document(2 + i));
            }
            for (EventStream page : pages) {
                await().untilAsserted(() -> assertThat(page.lastDocuments()).isEqualTo(20));
            }
        } finally {
            pages.forEach(EventStream::close);
        }
    }

    @Test
    void aLostListenerGivesEveryPageANewSnapshot() throws SQLException {
        UUID account = ada.account();
        try (EventStream page = new EventStream(ada.client)) {
            page.awaitEvent("snapshot", _ -> true);
            try (Connection admin = Infrastructure.forTests().databaseAdmin().connect();
                    Statement statement = admin.createStatement()) {
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where query ilike"
                                + " 'listen%'");
            }
            await().until(
                            () ->
                                    page.events().stream()
                                                    .filter(e -> e.name().equals("snapshot"))
                                                    .count()
                                            >= 2);
            ada.run(account);
            page.awaitEvent("account", a -> state(a).equals("QUEUED"));
        }
    }

    @Test
    void aRunThatNobodyMentionsIsGivenUpAndFreesItsAccount() {
        UUID account = ada.account();
        Facts f = ada.run(account);
        await().until(() -> ada.client.get("/api/runs/" + f.run + "/events").body().size() == 1);

        timeDriven.store(
                IntStream.range(0, 24).boxed().collect(Collectors.toSet()),
                Instant.now().plus(Duration.ofHours(3)));

        assertThat(ada.getRun(f.run).path("reason").asText()).isEqualTo("NOT_STARTED");
        assertThat(
                        ada.client
                                .post(
                                        "/api/accounts/" + account + "/runs",
                                        "{\"trigger\":\"MANUAL\"}")
                                .status())
                .isEqualTo(202);
    }

    @Test
    void whatTheLogHasNotAnsweredIsSentAgainAfterAnHour() {
        Person.offer("sandbox");
        UUID account = UUID.randomUUID();
        ada.add(account, "mine");
        SaveCredentials first = ada.awaitOne(SaveCredentials.class, account);

        unanswered.sendAgain(Instant.now().plus(Duration.ofMinutes(59)));
        unanswered.sendAgain(Instant.now().plus(Duration.ofMinutes(61)));

        await().until(() -> ada.broker.seen(SaveCredentials.class, account).size() == 2);
        assertThat(ada.broker.seen(SaveCredentials.class, account)).containsOnly(first);
        ada.saved(account, 1, Person.sha256(first.sealed()));
        await().until(() -> ada.get(account).path("credentials").asText().equals("SAVED"));
        unanswered.sendAgain(Instant.now().plus(Duration.ofHours(9)));
        ada.run(account);
        ada.awaitOne(RequestRun.class, account);
        assertThat(ada.broker.seen(SaveCredentials.class, account)).hasSize(2);
    }

    @Test
    void anErasedAccountGoesFromThePagesWhenItsLastCopyIsGone() {
        UUID account = ada.account();
        ada.client.delete("/api/accounts/" + account);
        EraseAccount first = ada.awaitOne(EraseAccount.class, account);
        unanswered.sendAgain(Instant.now().plus(Duration.ofHours(2)));
        await().until(() -> ada.broker.seen(EraseAccount.class, account).size() == 2);
        assertThat(ada.broker.seen(EraseAccount.class, account)).containsOnly(first);
        ada.worker(new AccountErased(UUID.randomUUID(), ada.id(), account, Instant.now(), false));
        await().until(
                        () ->
                                ada.get(account)
                                        .path("erased")
                                        .path("state")
                                        .asText()
                                        .equals("ERASED"));
        try (EventStream page = new EventStream(ada.client)) {
            page.awaitEvent("snapshot", s -> s.path("accounts").size() == 1);

            unanswered.hideErased(Instant.now().plus(Duration.ofHours(24)));
            assertThat(ada.client.get("/api/accounts/" + account).status()).isEqualTo(200);
            unanswered.hideErased(Instant.now().plus(Duration.ofHours(26)));

            page.awaitEvent(
                    "account-removed", r -> r.path("id").asText().equals(account.toString()));
            assertThat(ada.client.get("/api/accounts/" + account).status()).isEqualTo(404);
            assertThat(ada.add(account, "again").status()).isEqualTo(409);
        }
    }

    private static String state(JsonNode accountEvent) {
        return accountEvent.path("account").path("run").path("state").asText();
    }

    private static List<Long> versions(EventStream page) {
        Map<String, List<Long>> byId = new HashMap<>();
        page.events().stream()
                .filter(e -> e.name().equals("account"))
                .map(e -> e.data().path("account"))
                .forEach(
                        a ->
                                byId.computeIfAbsent(a.path("id").asText(), _ -> new ArrayList<>())
                                        .add(a.path("version").asLong()));
        return byId.values().iterator().next();
    }
}
