package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.local.api.Account;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.api.Run;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.FleetPublicKeys;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

/** A user of Home who does things by its API, as the terminal does. */
record Person(String name, HomeApi home, Settings settings) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The id under which Home knows this person, on the log too. */
    UUID id() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(settings.homeUrl() + "/api/session"))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + PrivateFiles.read(settings.home().launcherToken())
                                                .strip())
                        .header("Keyturn-User", name)
                        .build();
        try {
            String session = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return UUID.fromString(
                    Json.mapper().readTree(session).path("user").path("id").asText());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A link that signs a browser in as this person, once. */
    String loginLink() {
        return home.loginLink();
    }

    /** Adds an account at the sandbox site, labelled by its login. */
    UUID addSandbox(String login) {
        return add("sandbox", login, Map.of("login", login, "password", "sandbox"));
    }

    UUID add(String connector, String label, Map<String, String> fields) {
        UUID id = UUID.randomUUID();
        String sealed = FleetPublicKeys.parse(home.keys()).sealCredentials(fields, id, connector);
        home.createAccount(id, connector, label, sealed);
        return id;
    }

    void correct(UUID account, String connector, Map<String, String> fields) {
        home.replaceCredentials(
                account,
                FleetPublicKeys.parse(home.keys()).sealCredentials(fields, account, connector));
    }

    UUID run(UUID account) {
        return home.startRun(account, "MANUAL", false).id();
    }

    UUID runInBackground(UUID account) {
        return home.startRun(account, "SCHEDULED", false).id();
    }

    /** The run once it has ended. */
    Run end(UUID run) {
        return awaiting("the run's end").until(() -> home.run(run), Run::ended);
    }

    /** The challenge that the run waits for, once it is open and its attempt is at least this. */
    Challenge challenge(UUID run, int attempt) {
        return shown(run, c -> c.open() && c.attempt() >= attempt);
    }

    Challenge challenge(UUID run) {
        return challenge(run, 1);
    }

    /** The first challenge of the run, which may be over before anyone looks. */
    Challenge challengeOpenOrOver(UUID run) {
        return shown(run, _ -> true);
    }

    private Challenge shown(UUID run, Predicate<Challenge> which) {
        return awaiting("a challenge")
                .until(
                        () -> {
                            UUID id = home.run(run).challengeId();
                            return id == null ? null : home.challenge(id);
                        },
                        c -> c != null && which.test(c));
    }

    /** Gives a code; the verdict. */
    String answer(Challenge challenge, String code) {
        return submit(challenge, UUID.randomUUID(), code);
    }

    /** The verdict, asked for again while there is none yet. */
    String submit(Challenge challenge, UUID submission, String code) {
        String sealed =
                ChallengeKey.seal(
                        Objects.requireNonNull(challenge.jwk()),
                        code,
                        challenge.id(),
                        challenge.round());
        return awaiting("a verdict")
                .until(
                        () -> home.submit(challenge.id(), submission, challenge.round(), sealed),
                        verdict -> !verdict.equals("PENDING"));
    }

    /** The types of the facts on the run's timeline, in log order. */
    List<String> events(UUID run) {
        return home.events(run).stream().map(e -> e.path("type").asText()).toList();
    }

    List<JsonNode> timeline(UUID run) {
        return home.events(run);
    }

    Account account(UUID id) {
        return home.account(id);
    }
}
