package dev.keyturn.local.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.wire.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Home's API, as the launcher uses it: with its token, for the local user. */
public final class HomeApi {

    private static final String HOME = "Home";

    private final String base;
    private final String token;
    private final Optional<String> user;

    /**
     * @param user whose accounts are meant; the local user if empty
     */
    public HomeApi(String base, String token, Optional<String> user) {
        this.base = base;
        this.token = token;
        this.user = user;
    }

    /** Of the stack that is meant; {@code KEYTURN_USER} names another local user. */
    public static HomeApi of(Settings settings, Map<String, String> environment) {
        Path token = settings.home().launcherToken();
        if (!Files.exists(token)) {
            throw new Unreachable(
                    "Keyturn has never run in "
                            + settings.home().path()
                            + ": ./keyturn up starts it");
        }
        return new HomeApi(
                settings.homeUrl(),
                PrivateFiles.read(token).strip(),
                Optional.ofNullable(environment.get("KEYTURN_USER")).filter(u -> !u.isBlank()));
    }

    /** An address that signs in to Home once. */
    public String loginLink() {
        Map<String, String> body = user.map(u -> Map.of("user", u)).orElse(Map.of());
        return post("/api/login-links", body).path("url").asText();
    }

    public List<Connector> connectors() {
        return read(get("/api/connectors"), new TypeReference<>() {});
    }

    public String keys() {
        return get("/api/keys");
    }

    public List<Account> accounts() {
        return read(get("/api/accounts"), new TypeReference<>() {});
    }

    public Account account(UUID id) {
        return read(get("/api/accounts/" + id), new TypeReference<>() {});
    }

    public void createAccount(UUID id, String connector, String label, String sealed) {
        post(
                "/api/accounts",
                Map.of("id", id, "connector", connector, "label", label, "sealed", sealed));
    }

    public void replaceCredentials(UUID account, String sealed) {
        String path = "/api/accounts/" + account + "/credentials";
        send(request(path).method("PUT", json(Map.of("sealed", sealed))));
    }

    public void removeAccount(UUID id, boolean documents) {
        send(request("/api/accounts/" + id + "?documents=" + documents).DELETE());
    }

    public Run startRun(UUID account, String trigger, boolean fresh) {
        String path = "/api/accounts/" + account + "/runs";
        String body = send(request(path).POST(json(Map.of("trigger", trigger, "fresh", fresh))));
        return read(body, new TypeReference<>() {});
    }

    public List<Run> runs(int limit) {
        return read(get("/api/runs?limit=" + limit), new TypeReference<>() {});
    }

    public Run run(UUID id) {
        return read(get("/api/runs/" + id), new TypeReference<>() {});
    }

    /** The run's timeline so far, in log order. */
    public List<JsonNode> events(UUID run) {
        return read(get("/api/runs/" + run + "/events"), new TypeReference<>() {});
    }

    public void cancelRun(UUID run) {
        post("/api/runs/" + run + "/cancel", Map.of());
    }

    public Challenge challenge(UUID id) {
        return read(get("/api/challenges/" + id), new TypeReference<>() {});
    }

    /** What the user is asked for now. */
    public List<Challenge> openChallenges() {
        return read(get("/api/challenges?state=open"), new TypeReference<>() {});
    }

    /** One press of Validate; sending the same again is harmless. */
    public String submit(UUID challenge, UUID submission, int round, String sealed) {
        String path = "/api/challenges/" + challenge + "/code";
        return post(path, Map.of("submissionId", submission, "round", round, "sealed", sealed))
                .path("verdict")
                .asText();
    }

    public String cancelChallenge(UUID challenge) {
        return wish(challenge, "cancel", Map.of());
    }

    /** Asks that the site send again. */
    public String resend(UUID challenge) {
        return wish(challenge, "resend", Map.of());
    }

    /** Asks for another kind of second factor. */
    public String method(UUID challenge, String method) {
        return wish(challenge, "method", Map.of("method", method));
    }

    /** Asks for more time. */
    public String extend(UUID challenge, int seconds) {
        return wish(challenge, "extend", Map.of("seconds", seconds));
    }

    private String wish(UUID challenge, String what, Map<String, Object> body) {
        return post("/api/challenges/" + challenge + "/" + what, body).path("verdict").asText();
    }

    public List<DocumentInfo> documents(Optional<UUID> account) {
        String of = account.map(id -> "?account=" + id).orElse("");
        return read(get("/api/documents" + of), new TypeReference<>() {});
    }

    /** The lines of Home's stream of changes; ends when Home ends it. */
    Stream<String> stream() {
        HttpRequest request =
                builder("/api/stream").header("Accept", "text/event-stream").GET().build();
        HttpResponse<Stream<String>> answer =
                Http.send(HOME, request, HttpResponse.BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            throw new Unreachable("Home's stream answered " + answer.statusCode());
        }
        return answer.body();
    }

    private String get(String path) {
        return send(request(path).GET());
    }

    private JsonNode post(String path, Object body) {
        String answer = send(request(path).POST(json(body)));
        return read(answer.isBlank() ? "{}" : answer, new TypeReference<>() {});
    }

    private String send(HttpRequest.Builder request) {
        HttpResponse<String> answer =
                Http.send(HOME, request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() < 300) {
            return answer.body();
        }
        Problem problem = Problem.parse(answer.statusCode(), answer.body());
        if (answer.statusCode() == 503) {
            throw new Unreachable("Home cannot serve at the moment: " + problem.line());
        }
        throw new ApiFailure(answer.statusCode(), problem);
    }

    private HttpRequest.Builder request(String path) {
        return builder(path)
                .timeout(Http.TIMEOUT)
                .header("Accept", "application/json, application/problem+json")
                .header("Content-Type", "application/json");
    }

    private HttpRequest.Builder builder(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Authorization", "Bearer " + token);
        user.ifPresent(name -> builder.header("Keyturn-User", name));
        return builder;
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return HttpRequest.BodyPublishers.ofString(Json.mapper().writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static <T> T read(String body, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(body, type);
        } catch (JsonProcessingException e) {
            throw new Unreachable(
                    "Home answered something unreadable: " + e.getOriginalMessage(), e);
        }
    }
}
