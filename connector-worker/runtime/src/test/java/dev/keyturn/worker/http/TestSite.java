package dev.keyturn.worker.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A real HTTP server on a free port of 127.0.0.1 that answers as a test says. */
final class TestSite {

    /** A request as it arrived. */
    record Seen(String line, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    private final HttpServer server;
    private final Map<String, Consumer<HttpServerRequest>> pages = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    TestSite(Vertx vertx) throws Exception {
        server =
                vertx.createHttpServer(new HttpServerOptions().setMaxHeaderSize(64 * 1024))
                        .requestHandler(this::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
    }

    void page(String path, Consumer<HttpServerRequest> answer) {
        pages.put(path, answer);
    }

    void html(String path, String body) {
        page(path, r -> r.response().putHeader("Content-Type", "text/html").end(body));
    }

    void redirect(String path, int status, String location) {
        page(path, r -> r.response().setStatusCode(status).putHeader("Location", location).end());
    }

    String at(String host, String path) {
        return "http://" + host + ":" + server.actualPort() + path;
    }

    int port() {
        return server.actualPort();
    }

    List<Seen> seen() {
        return seen;
    }

    Seen last() {
        return seen.getLast();
    }

    private void answer(HttpServerRequest request) {
        Map<String, String> headers = new ConcurrentHashMap<>();
        request.headers()
                .forEach(e -> headers.put(e.getKey().toLowerCase(Locale.ROOT), e.getValue()));
        request.body()
                .onSuccess(
                        (Buffer body) -> {
                            seen.add(
                                    new Seen(
                                            request.method() + " " + request.uri(),
                                            headers,
                                            body.toString()));
                            pages.getOrDefault(
                                            request.path(),
                                            r -> r.response().setStatusCode(404).end())
                                    .accept(request);
                        });
    }

    void close() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
