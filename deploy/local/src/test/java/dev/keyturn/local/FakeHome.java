package dev.keyturn.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.FleetKeys;
import dev.keyturn.seal.SealException;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Home as the launcher sees it, with one connector and one run whose site wants a known code. */
public final class FakeHome implements AutoCloseable {

    public static final String TOKEN = "token-of-the-launcher";

    private final HttpServer server;
    private final FleetKeys fleet = FleetKeys.generate();
    private final List<Map<String, Object>> accounts = new ArrayList<>();
    private final List<Map<String, Object>> events = new ArrayList<>();
    private final UUID runId = UUID.randomUUID();

    /** Field values of each time that credentials came. */
    public final List<Map<String, String>> credentials = new ArrayList<>();

    /** What was asked for beside a code. */
    public final List<String> wishes = new ArrayList<>();

    /** Codes as the worker would have read them. */
    public final List<String> codes = new ArrayList<>();

    /** What a run was asked with. */
    public final List<JsonNode> runRequests = new ArrayList<>();

    /** What was asked of Home, in order. */
    public final List<String> requests = new ArrayList<>();

    /** Which documents were asked for. */
    public final List<String> documentQueries = new ArrayList<>();

    private @Nullable String rightCode;
    private @Nullable String failure;
    private @Nullable String lastReason;
    private Instant deadline = Instant.now().plusSeconds(120);
    private boolean sandbox = true;
    private boolean runOpen;
    private int pendings;

    private String state = "QUEUED";
    private @Nullable String reason;
    private int attempt;
    private UUID challengeId = UUID.randomUUID();
    private ChallengeKey key = ChallengeKey.generate();

    public FakeHome() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public FakeHome wanting(String code) {
        rightCode = code;
        return this;
    }

    public FakeHome failing(String why) {
        failure = why;
        return this;
    }

    public FakeHome afterAFailure(String why) {
        lastReason = why;
        return this;
    }

    public FakeHome forRealSites() {
        sandbox = false;
        return this;
    }

    public FakeHome withAnOpenRun() {
        runOpen = true;
        return this;
    }

    public FakeHome answeringLate(int times) {
        pendings = times;
        return this;
    }

    public FakeHome withAccount(String label) {
        accounts.add(account(UUID.randomUUID().toString(), label));
        return this;
    }

    /** One that was removed and is not gone yet. */
    public FakeHome withErasedAccount(String label) {
        Map<String, Object> account = account(UUID.randomUUID().toString(), label);
        account.put("erased", Map.of("state", "ERASING"));
        accounts.add(account);
        return this;
    }

    public FakeHome withDeadlineIn(Duration left) {
        deadline = Instant.now().plus(left);
        return this;
    }

    /** The id of the account that came last. */
    public String lastAccount() {
        return String.valueOf(accounts.getLast().get("id"));
    }

    public UUID runId() {
        return runId;
    }

    public UUID challengeId() {
        return challengeId;
    }

    /** Opens a challenge without a run having been asked for. */
    public FakeHome asking() {
        start();
        return this;
    }

    private synchronized void handle(HttpExchange exchange) {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            JsonNode json =
                    body.isEmpty()
                            ? Json.mapper().createObjectNode()
                            : Json.mapper().readTree(body);
            if (!("Bearer " + TOKEN)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, Map.of("title", "No login", "status", 401));
                return;
            }
            route(exchange, path, json);
        } catch (IOException | SealException e) {
            throw new IllegalStateException(e);
        }
    }

    private void route(HttpExchange exchange, String path, JsonNode body)
            throws IOException, SealException {
        String method = exchange.getRequestMethod();
        if (path.equals("/api/connectors")) {
            answer(exchange, 200, List.of(connector()));
        } else if (path.equals("/api/keys")) {
            raw(exchange, 200, fleet.publicKeys().json());
        } else if (path.equals("/api/accounts") && method.equals("POST")) {
            keep(body.path("id").asText(), body.path("sealed").asText());
            accounts.add(account(body.path("id").asText(), body.path("label").asText().strip()));
            answer(exchange, 201, accounts.getLast());
        } else if (path.equals("/api/accounts")) {
            answer(exchange, 200, accounts);
        } else if (path.endsWith("/credentials")) {
            keep(path.split("/", -1)[3], body.path("sealed").asText());
            answer(exchange, 202, accounts.getLast());
        } else if (path.startsWith("/api/accounts/") && path.endsWith("/runs")) {
            runs(exchange, body);
        } else if (path.startsWith("/api/accounts/")) {
            answer(exchange, 200, accounts.getLast());
        } else if (path.endsWith("/events")) {
            answer(exchange, 200, events);
        } else if (path.equals("/api/documents")) {
            documentQueries.add(String.valueOf(exchange.getRequestURI().getQuery()));
            answer(exchange, 200, List.of());
        } else if (path.startsWith("/api/runs/")) {
            if (state.equals("WAITING") && Instant.now().isAfter(deadline)) {
                end("FAILED", "USER_ACTION_NEEDED.TWOFA_EXPIRED");
            }
            answer(exchange, 200, run());
        } else if (path.endsWith("/code")) {
            code(exchange, body);
        } else if (path.startsWith("/api/challenges/") && path.endsWith("/cancel")) {
            end("FAILED", "USER_ACTION_NEEDED.TWOFA_CANCELLED");
            answer(exchange, 200, Map.of("verdict", "CANCELLED"));
        } else if (path.startsWith("/api/challenges/") && path.endsWith("/extend")) {
            wishes.add(path.substring(path.lastIndexOf('/') + 1) + " " + body);
            Map<String, Object> problem =
                    Map.of(
                            "title", "Bad request",
                            "status", 400,
                            "detail", "no more time",
                            "verdict", "MALFORMED");
            answer(exchange, 400, problem);
        } else if (path.startsWith("/api/challenges/")
                && (path.endsWith("/resend") || path.endsWith("/method"))) {
            wishes.add(path.substring(path.lastIndexOf('/') + 1) + " " + body);
            answer(exchange, 200, Map.of("verdict", "DELIVERED"));
        } else if (path.equals("/api/challenges/" + challengeId)) {
            answer(exchange, 200, challenge());
        } else {
            answer(
                    exchange,
                    404,
                    Map.of("title", "Not found", "status", 404, "detail", "Unknown id"));
        }
    }

    private void keep(String account, String sealed) throws SealException {
        credentials.add(fleet.openCredentials(sealed, UUID.fromString(account), "sandbox"));
    }

    private void runs(HttpExchange exchange, JsonNode body) throws IOException {
        runRequests.add(body);
        if (runOpen) {
            start();
            answer(exchange, 409, Map.of("title", "A run is open", "status", 409, "runId", runId));
            return;
        }
        start();
        answer(exchange, 202, run());
    }

    private void start() {
        event("RunQueued", Map.of());
        event("LoginStarted", Map.of());
        if (failure != null) {
            end("FAILED", failure);
        } else if (rightCode == null) {
            end("DONE", null);
        } else {
            ask();
        }
    }

    private void ask() {
        attempt++;
        challengeId = UUID.randomUUID();
        key = ChallengeKey.generate();
        state = "WAITING";
        event("TwoFaRequested", Map.of("destination", "••42", "words", "\u001b[2JHello"));
    }

    private void end(String how, @Nullable String why) {
        state = how;
        reason = why;
        event(
                how.equals("DONE") ? "RunFinished" : "RunFailed",
                why == null ? Map.of() : Map.of("reason", why));
    }

    private void code(HttpExchange exchange, JsonNode body) throws IOException, SealException {
        if (pendings > 0) {
            pendings--;
            answer(exchange, 202, Map.of("verdict", "PENDING"));
            return;
        }
        String code =
                key.open(body.path("sealed").asText(), challengeId, body.path("round").asInt())
                        .reveal();
        codes.add(code);
        event("TwoFaAnswered", Map.of());
        answer(exchange, 200, Map.of("verdict", "DELIVERED"));
        if (code.equals(rightCode)) {
            event("LoginSucceeded", Map.of());
            end("DONE", null);
        } else {
            event("TwoFaRejected", Map.of("by", "SITE"));
            ask();
        }
    }

    private void event(String type, Map<String, Object> data) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("position", events.size());
        entry.put("type", type);
        entry.put("at", Instant.now());
        entry.put("runId", runId);
        entry.put("late", false);
        entry.put("data", data);
        events.add(entry);
    }

    private Map<String, Object> run() {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("id", runId);
        run.put("accountId", accounts.isEmpty() ? UUID.randomUUID() : accounts.getLast().get("id"));
        run.put("connector", "sandbox");
        run.put("trigger", "MANUAL");
        run.put("state", state);
        run.put("reason", reason);
        run.put("documents", 0);
        run.put("challengeId", state.equals("WAITING") ? challengeId : null);
        return run;
    }

    private Map<String, Object> challenge() {
        Map<String, Object> challenge = new LinkedHashMap<>();
        challenge.put("id", challengeId);
        challenge.put("runId", runId);
        challenge.put("connector", "sandbox");
        challenge.put("attempt", attempt);
        challenge.put("round", 1);
        challenge.put("type", "SMS");
        challenge.put("destination", "••42");
        challenge.put("words", "\u001b[2JHello");
        challenge.put("format", Map.of("kind", "DIGITS", "length", 6));
        challenge.put("deadline", deadline);
        challenge.put("extendableTo", deadline.plusSeconds(60));
        challenge.put("resendFrom", deadline.minusSeconds(60));
        challenge.put("methods", List.of("EMAIL"));
        challenge.put("state", state.equals("WAITING") ? "OPEN" : "ENDED");
        challenge.put("jwk", key.publicJwk());
        if (attempt > 1) {
            challenge.put("rejected", Map.of("by", "SITE", "words", "Wrong\u0007!"));
        }
        return challenge;
    }

    private Map<String, Object> account(String id, String label) {
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("id", id);
        account.put("connector", "sandbox");
        account.put("label", label);
        account.put("status", "IDLE");
        if (lastReason != null) {
            Map<String, Object> run = run();
            run.put("state", "FAILED");
            run.put("reason", lastReason);
            run.put("accountId", id);
            account.put("run", run);
        }
        return account;
    }

    private Map<String, Object> connector() {
        return Map.of(
                "slug",
                "sandbox",
                "name",
                "Sandbox",
                "version",
                "1",
                "fields",
                List.of(field("login", "TEXT", false), field("password", "PASSWORD", true)),
                "hosts",
                List.of(),
                "factors",
                List.of("SMS"),
                "unattended",
                "UNTIL_ASKED",
                "sandbox",
                sandbox);
    }

    private static Map<String, Object> field(String name, String type, boolean secret) {
        return Map.of(
                "name",
                name,
                "label",
                name,
                "type",
                type,
                "choices",
                List.of(),
                "secret",
                secret,
                "required",
                true);
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        raw(exchange, status, Json.mapper().writeValueAsString(body));
    }

    private static void raw(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
