package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A page that listens. */
final class EventStream implements AutoCloseable {

    /** What came. */
    record Event(String name, JsonNode data) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<Stream<String>> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    EventStream(Client client) {
        try {
            response = http.send(client.request("/api/stream").build(), BodyHandlers.ofLines());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    int status() {
        return response.statusCode();
    }

    List<Event> events() {
        return events;
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    /** The first event of this name that fits, as soon as it is there. */
    JsonNode awaitEvent(String name, Predicate<JsonNode> fits) {
        await().until(() -> events.stream().anyMatch(e -> isIt(e, name, fits)));
        return events.stream().filter(e -> isIt(e, name, fits)).findFirst().orElseThrow().data();
    }

    /** The highest number of documents that a run was said to have; -1 for none. */
    int lastDocuments() {
        return events.stream()
                .map(
                        e ->
                                e.name().equals("snapshot")
                                        ? e.data().path("accounts").path(0)
                                        : e.data().path("account"))
                .filter(a -> a.has("run"))
                .mapToInt(a -> a.path("run").path("documents").asInt())
                .max()
                .orElse(-1);
    }

    private static boolean isIt(Event event, String name, Predicate<JsonNode> fits) {
        return event.name().equals(name) && fits.test(event.data());
    }

    private void read() {
        String[] name = {""};
        try {
            response.body()
                    .forEach(
                            line -> {
                                if (line.startsWith("event: ")) {
                                    name[0] = line.substring(7);
                                } else if (line.startsWith("data: ")) {
                                    events.add(new Event(name[0], parse(line.substring(6))));
                                }
                            });
            ended.complete(true);
        } catch (UncheckedIOException _) {
            ended.complete(false);
        }
    }

    private static JsonNode parse(String data) {
        try {
            return Json.mapper().readTree(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(data, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
