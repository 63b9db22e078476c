package dev.keyturn.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When things were begun and when they arrived, by their id. */
final class Arrivals {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final Map<String, Long> arrived = new ConcurrentHashMap<>();

    void begin(String id) {
        begun.put(id, System.nanoTime());
    }

    /** What was not begun here is not looked at. */
    void arrive(String id) {
        long now = System.nanoTime();
        if (begun.containsKey(id)) {
            arrived.putIfAbsent(id, now);
        }
    }

    /** How long each took, in milliseconds; infinitely long for one that does not arrive. */
    List<Double> took() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (arrived.size() < begun.size() && System.nanoTime() < end) {
            Pace.sleep(LOOK);
        }
        List<Double> took = new ArrayList<>();
        begun.forEach(
                (id, start) -> {
                    Long there = arrived.get(id);
                    took.add(there == null ? Double.POSITIVE_INFINITY : (there - start) / 1e6);
                });
        return took;
    }
}
