package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The sandbox site from outside: its phone, and its log of what it sent and was sent. */
record SandboxSite(String address) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The newest code that is neither used nor expired, waiting until there is one. */
    String code(String user) {
        return awaiting("a code for " + user)
                .until(() -> usable(user), codes -> !codes.isEmpty())
                .getFirst();
    }

    /**
     * How many entries of a kind ({@code MESSAGE}, {@code CODE}, …) the site's log has of a user.
     */
    long logged(String user, String kind) {
        return entries("/log?user=" + user).stream()
                .filter(e -> e.path("kind").asText().equals(kind))
                .count();
    }

    /** How many entries of these kinds the site's log has, by user. */
    Map<String, Long> loggedByUser(String... kinds) {
        return entries("/log").stream()
                .filter(e -> List.of(kinds).contains(e.path("kind").asText()))
                .collect(
                        Collectors.groupingBy(e -> e.path("user").asText(), Collectors.counting()));
    }

    /** When the site got the first code of a user. */
    Instant codeSeenAt(String user) {
        return entries("/log?user=" + user).stream()
                .filter(e -> e.path("kind").asText().equals("CODE"))
                .map(e -> Instant.parse(e.path("at").asText()))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    void setDown(boolean down) {
        send(
                HttpRequest.newBuilder(URI.create(address + "/test/site-down?on=" + down))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    private List<String> usable(String user) {
        return entries("/phone/messages?user=" + user).stream()
                .filter(m -> !m.path("used").asBoolean() && !m.path("expired").asBoolean())
                .map(m -> m.path("code").asText())
                .toList();
    }

    private List<JsonNode> entries(String path) {
        try {
            JsonNode all =
                    Json.mapper()
                            .readTree(
                                    send(
                                            HttpRequest.newBuilder(URI.create(address + path))
                                                    .build()));
            return StreamSupport.stream(all.spliterator(), false).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(request.uri() + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
