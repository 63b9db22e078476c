package dev.keyturn.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a service says on its management port. */
final class Management {

    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** A service asks its database when it is asked: on a busy machine that takes its time. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(CONNECT)
                    .build();

    /** Empty if it is ready, else what is missing. */
    Optional<String> notReady(int port) {
        try {
            HttpResponse<String> answer = ask(port, "/q/health/ready");
            return answer.statusCode() == 200 ? Optional.empty() : Optional.of(down(answer.body()));
        } catch (IOException e) {
            return Optional.of("no answer on port " + port);
        }
    }

    /** Slots, working and waiting runs of a worker. */
    Optional<JsonNode> worker(int port) {
        try {
            HttpResponse<String> answer = ask(port, "/q/worker");
            return answer.statusCode() == 200
                    ? Optional.of(Json.mapper().readTree(answer.body()))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** How often a service's tables name each key. */
    JsonNode keys(int port) {
        try {
            HttpResponse<String> answer = ask(port, "/q/keys");
            if (answer.statusCode() == 200) {
                return Json.mapper().readTree(answer.body());
            }
            throw new StackFailure(
                    "The service on port %d could not count what names a key (status %d)"
                            .formatted(port, answer.statusCode()));
        } catch (IOException e) {
            throw new StackFailure("The service on port " + port + " gave no answer", e);
        }
    }

    private HttpResponse<String> ask(int port, String path) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(TIMEOUT)
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String down(String body) throws IOException {
        JsonNode checks = Json.mapper().readTree(body).path("checks");
        String names =
                StreamSupport.stream(checks.spliterator(), false)
                        .filter(check -> !"UP".equals(check.path("status").asText()))
                        .map(check -> check.path("name").asText())
                        .collect(Collectors.joining(", "));
        return names.isEmpty() ? "health is not UP" : "not up: " + names;
    }
}
