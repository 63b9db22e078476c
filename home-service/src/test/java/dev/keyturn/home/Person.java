package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.catalog.ConnectorOffered;
import dev.keyturn.catalog.Field;
import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.events.CredentialsSaved;
import dev.keyturn.events.RunQueued;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.home.status.Facts;
import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.FleetKeys;
import dev.keyturn.seal.SealTo;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.FieldType;
import dev.keyturn.values.Trigger;
import dev.keyturn.values.Unattended;
import dev.keyturn.wire.Message;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A user of Home with an account, and the other services' side of that account. */
final class Person {

    static final FleetKeys FLEET =
            FleetKeys.load(
                    Path.of(
                            Infrastructure.forTests()
                                    .serviceConfig("worker")
                                    .get("keyturn.keys.private-file")));

    final String name = "u" + UUID.randomUUID();
    final Client client = Client.of(name);
    final Broker broker = Broker.get();

    UUID id() {
        return UUID.fromString(client.get("/api/session").body().path("user").path("id").asText());
    }

    /** A browser in which this user is signed in. */
    Client signedIn() {
        String url = client.post("/api/login-links", "{}").text("url");
        Client page = Client.nobody().with("Origin", Client.baseUrl());
        Client.Answer signedIn =
                page.post(
                        "/api/session",
                        "{\"token\":\"" + url.substring(url.indexOf('=') + 1) + "\"}");
        String cookie = signedIn.raw().headers().firstValue("Set-Cookie").orElseThrow();
        return page.with("Cookie", cookie.split(";", 2)[0]);
    }

    /** Makes sure that the connector is in the catalogue. */
    static void offer(String slug) {
        Broker.get()
                .send(
                        Principal.WORKER,
                        Topics.CATALOG,
                        new ConnectorOffered(
                                slug,
                                "The " + slug,
                                "1.0",
                                Instant.now(),
                                List.of(
                                        new Field(
                                                "login",
                                                "Login",
                                                null,
                                                FieldType.TEXT,
                                                null,
                                                List.of(),
                                                false,
                                                true)),
                                List.of("example.org"),
                                List.of(FactorType.SMS),
                                Unattended.UNTIL_ASKED,
                                null,
                                3,
                                true,
                                3,
                                5));
        await().until(
                        () ->
                                Client.of("me")
                                        .get("/api/connectors")
                                        .raw()
                                        .body()
                                        .contains("\"" + slug + "\""));
    }

    static String sealed(UUID account, String connector) {
        return FLEET.publicKeys().sealCredentials(Map.of("login", "ada"), account, connector);
    }

    /** Adds an account whose credentials the workers have taken. */
    UUID account() {
        offer("sandbox");
        UUID account = UUID.randomUUID();
        Client.Answer added = add(account, "label " + account);
        assertThat(added.status()).as(added.raw().body()).isEqualTo(201);
        SaveCredentials command = awaitOne(SaveCredentials.class, account);
        saved(account, command.version(), sha256(command.sealed()));
        await().until(() -> get(account).path("credentials").asText().equals("SAVED"));
        return account;
    }

    Client.Answer add(UUID account, String label) {
        return client.post(
                "/api/accounts",
                Map.of(
                        "id",
                        account,
                        "connector",
                        "sandbox",
                        "label",
                        label,
                        "sealed",
                        sealed(account, "sandbox")));
    }

    void saved(UUID account, long version, String sha256) {
        fact(
                Principal.WORKER,
                new CredentialsSaved(
                        UUID.randomUUID(), id(), account, Instant.now(), version, sha256));
    }

    /**
     * Asks for a run, and waits until the log has it: what is written of it then comes after. The
     * facts of it that workers and twofa-service write.
     */
    Facts run(UUID account) {
        Client.Answer asked = ask(account);
        assertThat(asked.status()).as(asked.raw().body()).isEqualTo(202);
        return openRun(account);
    }

    /** Asks for a run, which may be refused. */
    Client.Answer ask(UUID account) {
        return client.post("/api/accounts/" + account + "/runs", "{\"trigger\":\"MANUAL\"}");
    }

    /** The run that the account has open, once the log has it. */
    Facts openRun(UUID account) {
        UUID run = UUID.fromString(get(account).path("run").path("id").asText());
        await().until(
                        () ->
                                broker.seen(RunQueued.class, account).stream()
                                        .anyMatch(queued -> run.equals(queued.runId())));
        return new Facts(id(), account, run, Trigger.MANUAL, 1);
    }

    void worker(ConnectorEvent... facts) {
        for (ConnectorEvent fact : facts) {
            fact(Principal.WORKER, fact);
        }
    }

    void twofa(ConnectorEvent fact) {
        fact(Principal.TWOFA, fact);
    }

    private void fact(Principal principal, ConnectorEvent fact) {
        broker.send(principal, Topics.EVENTS, fact);
    }

    /** The fact that a worker asks, with a key that the fleet has signed. */
    static TwoFaRequested asked(Facts f, long second, UUID challenge) {
        return f.requested(
                second, challenge, null, 1, sealTo(f, challenge, ChallengeKey.generate()));
    }

    /** The signed key of a challenge. */
    static String sealTo(Facts f, UUID challenge, ChallengeKey key) {
        return FLEET.signSealTo(new SealTo(challenge, f.run, f.account, key.publicJwk()));
    }

    JsonNode get(UUID account) {
        return client.get("/api/accounts/" + account).body();
    }

    JsonNode getRun(UUID run) {
        return client.get("/api/runs/" + run).body();
    }

    void awaitState(UUID run, String state) {
        await().untilAsserted(
                        () -> assertThat(getRun(run).path("state").asText()).isEqualTo(state));
    }

    <T extends Message> T awaitOne(Class<T> type, UUID account) {
        await().until(() -> !broker.seen(type, account).isEmpty());
        return broker.seen(type, account).getLast();
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
