package dev.keyturn.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keyturn itself: from the HTTP call that submits a code to the connector that has it. The
 * connector notes that instant in a file.
 */
final class Keyturn implements Way {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(50);

    /**
     * One handshake as far as it is seen from outside; 0 for what has not happened.
     *
     * @param pressed when the HTTP call began, in microseconds since 1970 as all of them
     * @param answered when its answer was there
     * @param had when the connector had the code
     * @param shown when the page was told that the challenge is over
     */
    record Seen(UUID challenge, long pressed, long answered, long had, long shown) {}

    private final Queue<Crowd.Waiting> pool;
    private final Path notes;
    private final Map<String, Crowd.Waiting> begun = new ConcurrentHashMap<>();
    private final Map<UUID, Long> pressed = new ConcurrentHashMap<>();
    private final Map<UUID, Long> answered = new ConcurrentHashMap<>();
    private final Map<UUID, Long> shown = new ConcurrentHashMap<>();

    Keyturn(Path notes) {
        this.pool = new ConcurrentLinkedQueue<>();
        this.notes = notes;
    }

    void add(Collection<Crowd.Waiting> waiting) {
        pool.addAll(waiting);
    }

    int left() {
        return pool.size();
    }

    /** Follows the pages of these people. */
    void watch(List<Crowd.Person> persons) {
        for (Crowd.Person person : persons) {
            person.browser()
                    .follow(this::onChallenge)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    private void onChallenge(JsonNode challenge) {
        if (challenge.path("state").asText().equals("ENDED")) {
            shown.putIfAbsent(UUID.fromString(challenge.path("id").asText()), Micros.now());
        }
    }

    @Override
    public String name() {
        return "keyturn";
    }

    @Override
    public void begin() {
        Crowd.Waiting waiting = pool.poll();
        if (waiting == null) {
            throw new IllegalStateException("No run is left that waits");
        }
        begun.put(waiting.login(), waiting);
        pressed.put(waiting.challenge(), Micros.now());
        var _ =
                waiting.person()
                        .browser()
                        .submit(waiting.challenge(), waiting.code())
                        .onComplete(
                                verdict -> {
                                    answered.put(waiting.challenge(), Micros.now());
                                    if (!"DELIVERED".equals(verdict.result())) {
                                        System.err.println(
                                                "a code was not taken: "
                                                        + verdict.result()
                                                        + verdict.cause());
                                    }
                                });
    }

    @Override
    public List<Double> took() {
        return seen().stream()
                .map(
                        s ->
                                s.had() == 0
                                        ? Double.POSITIVE_INFINITY
                                        : Micros.millis(s.had() - s.pressed()))
                .toList();
    }

    /** Waits until all that was begun was had, and forgets it. */
    List<Seen> seen() {
        Map<String, Long> had = noted();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!had.keySet().containsAll(begun.keySet()) && System.nanoTime() < end) {
            Pace.sleep(LOOK);
            had = noted();
        }
        Pace.sleep(LOOK.multipliedBy(10)); // the page is told after the connector
        List<Seen> seen = new ArrayList<>();
        for (Crowd.Waiting w : begun.values()) {
            UUID id = w.challenge();
            seen.add(
                    new Seen(
                            id,
                            pressed.getOrDefault(id, 0L),
                            answered.getOrDefault(id, 0L),
                            had.getOrDefault(w.login(), 0L),
                            shown.getOrDefault(id, 0L)));
        }
        begun.clear();
        return seen;
    }

    private Map<String, Long> noted() {
        Map<String, Long> noted = new ConcurrentHashMap<>();
        try {
            if (Files.exists(notes)) {
                for (String line : Files.readAllLines(notes)) {
                    String[] parts = line.split(" ", 2);
                    if (parts.length == 2) {
                        noted.put(parts[0], Long.valueOf(parts[1]));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return noted;
    }
}
