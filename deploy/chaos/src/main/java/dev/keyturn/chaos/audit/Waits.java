package dev.keyturn.chaos.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.keyturn.chaos.person.Ledger.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whom a restart has kept waiting: half of the people wait no longer than is usual. */
public final class Waits {

    /** How much longer than usual somebody may wait for a restart. */
    public static final Duration LONGER = Duration.ofSeconds(2);

    private Waits() {}

    /**
     * Who waited too long, for each of the things that people wait for; what nobody did before the
     * first restart is compared with all that people waited for then.
     *
     * @param first when the first restart began: what ended before it is what is usual
     */
    public static List<Violation> tooLong(List<Pause> pauses, Instant first) {
        List<Pause> before =
                pauses.stream()
                        .filter(p -> p.until().isBefore(first))
                        .sorted(Comparator.comparing(Pause::length))
                        .toList();
        Map<String, List<Pause>> byWhat =
                before.stream().collect(groupingBy(Pause::after, TreeMap::new, toList()));
        return pauses.stream()
                .filter(p -> !p.until().isBefore(first))
                .filter(p -> isOver(p, byWhat.getOrDefault(p.after(), before)))
                .map(Waits::violation)
                .toList();
    }

    private static boolean isOver(Pause pause, List<Pause> usual) {
        Duration half = usual.isEmpty() ? Duration.ZERO : usual.get(usual.size() / 2).length();
        return pause.length().compareTo(half.plus(LONGER)) > 0;
    }

    private static Violation violation(Pause pause) {
        return new Violation(
                "nobody waits over 2 s longer for a restart",
                pause.run(),
                "%.1f s after %s, until %s"
                        .formatted(pause.length().toMillis() / 1e3, pause.after(), pause.until()));
    }
}
