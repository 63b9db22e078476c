package dev.keyturn.connectors;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server on a free port of 127.0.0.1 that gives one answer after another. */
public final class ScriptedSite {

    /** A request: {@code POST /path}, its query and its form. */
    public record Asked(
            String line, Map<String, String> query, Map<String, String> form, MultiMap headers) {}

    /** An answer. */
    public record Answer(int status, String header, String value, String body) {

        public static Answer html(String body) {
            return html(200, body);
        }

        public static Answer html(int status, String body) {
            return new Answer(status, "Content-Type", "text/html;charset=utf-8", body);
        }

        public static Answer json(String body) {
            return new Answer(200, "Content-Type", "application/json", body);
        }

        public static Answer redirect(String location) {
            return new Answer(302, "Location", location, "");
        }
    }

    private final HttpServer server;
    private final ConcurrentLinkedDeque<Function<Asked, Answer>> script =
            new ConcurrentLinkedDeque<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    public ScriptedSite(Vertx vertx) throws Exception {
        server =
                vertx.createHttpServer()
                        .requestHandler(this::receive)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
    }

    public String address() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** The next answer; {@code {site}} stands for the address. */
    public ScriptedSite then(Answer answer) {
        return then(_ -> answer);
    }

    /** The next answer, made from the request. */
    public ScriptedSite then(Function<Asked, Answer> answer) {
        script.add(answer);
        return this;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public List<String> lines() {
        return asked().stream().map(Asked::line).toList();
    }

    public boolean isDone() {
        return script.isEmpty();
    }

    private void receive(HttpServerRequest request) {
        request.body()
                .onSuccess(
                        body -> {
                            Asked seen =
                                    new Asked(
                                            request.method() + " " + request.path(),
                                            pairs(String.valueOf(request.query())),
                                            pairs(body.toString()),
                                            request.headers());
                            asked.add(seen);
                            Function<Asked, Answer> next = script.poll();
                            send(
                                    request,
                                    next == null
                                            ? Answer.html(418, "not in the script")
                                            : next.apply(seen));
                        });
    }

    private void send(HttpServerRequest request, Answer answer) {
        request.response()
                .setStatusCode(answer.status())
                .putHeader(answer.header(), answer.value().replace("{site}", address()))
                .end(answer.body().replace("{site}", address()));
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return pairs;
    }

    public void close() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
