package dev.keyturn.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** A signed-in page of Home: it sends codes and follows the live stream. */
final class Browser {

    private static final String EVENT = "event: challenge\n";

    private final HttpClient client;
    private final URI home;
    private final String cookie;

    private Browser(HttpClient client, URI home, String cookie) {
        this.client = client;
        this.home = home;
        this.cookie = cookie;
    }

    /** Signs in with a link that works once. */
    static Browser signIn(HttpClient client, HomeApi api) {
        URI link = URI.create(api.loginLink());
        URI home = link.resolve("/");
        String token = link.getFragment().replaceFirst("^login=", "");
        String cookie =
                client.request(options(home, HttpMethod.POST, "/api/session"))
                        .compose(r -> r.send(json(Map.of("token", token))))
                        .map(Browser::cookie)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        return new Browser(client, home, cookie);
    }

    private static String cookie(HttpClientResponse answer) {
        if (answer.statusCode() != 204) {
            throw new IllegalStateException("sign-in: answered " + answer.statusCode());
        }
        return answer.cookies().getFirst().split(";", 2)[0];
    }

    /** Submits a sealed code; the verdict. */
    Future<String> submit(UUID challenge, Buffer body) {
        String path = "/api/challenges/" + challenge + "/code";
        return client.request(options(home, HttpMethod.POST, path))
                .compose(r -> r.putHeader("Cookie", cookie).send(body))
                .compose(HttpClientResponse::body)
                .map(answer -> parse(answer.toString()).path("verdict").asText());
    }

    /** Follows the stream: whatever it says of a challenge. */
    Future<Void> follow(Consumer<JsonNode> onChallenge) {
        RecordParser events = RecordParser.newDelimited("\n\n");
        events.handler(event -> challenge(event.toString(), onChallenge));
        return client.request(options(home, HttpMethod.GET, "/api/stream"))
                .compose(r -> r.putHeader("Cookie", cookie).send())
                .map(
                        answer -> {
                            answer.handler(events);
                            return null;
                        });
    }

    private static void challenge(String event, Consumer<JsonNode> onChallenge) {
        if (event.startsWith(EVENT)) {
            String data = event.substring(EVENT.length()).replaceFirst("^data: ?", "");
            onChallenge.accept(parse(data).path("challenge"));
        }
    }

    private static RequestOptions options(URI home, HttpMethod method, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setHost(home.getHost())
                .setPort(home.getPort())
                .setURI(path)
                .putHeader("Content-Type", "application/json")
                .putHeader("Origin", "http://" + home.getAuthority());
    }

    static Buffer json(Object value) {
        try {
            return Buffer.buffer(Json.mapper().writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Home: must answer JSON", e);
        }
    }
}
