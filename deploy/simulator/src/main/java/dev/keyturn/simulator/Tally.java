package dev.keyturn.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of many seeds.
 *
 * @param faults how often each kind of fault happened
 * @param ends how often runs ended for each reason
 * @param failing the outcomes that have violations, the lowest seed first
 */
record Tally(
        long seeds,
        long steps,
        long runs,
        long adoptions,
        long submissions,
        Map<String, Integer> faults,
        Map<String, Integer> ends,
        List<Outcome> failing) {

    Tally() {
        this(0, 0, 0, 0, 0, Map.of(), Map.of(), List.of());
    }

    Tally plus(Outcome outcome) {
        return plus(
                new Tally(
                        1,
                        outcome.steps(),
                        outcome.runs(),
                        outcome.adoptions(),
                        outcome.submissions(),
                        outcome.faults(),
                        outcome.ends(),
                        outcome.violations().isEmpty() ? List.of() : List.of(outcome)));
    }

    Tally plus(Tally other) {
        List<Outcome> all = new ArrayList<>(failing);
        all.addAll(other.failing);
        all.sort(Comparator.comparingLong(Outcome::seed));
        return new Tally(
                seeds + other.seeds,
                steps + other.steps,
                runs + other.runs,
                adoptions + other.adoptions,
                submissions + other.submissions,
                sum(faults, other.faults),
                sum(ends, other.ends),
                List.copyOf(all));
    }

    private static Map<String, Integer> sum(Map<String, Integer> a, Map<String, Integer> b) {
        Map<String, Integer> sum = new TreeMap<>(a);
        b.forEach((name, times) -> sum.merge(name, times, Integer::sum));
        return sum;
    }
}
