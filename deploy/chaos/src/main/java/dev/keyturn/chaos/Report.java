package dev.keyturn.chaos;

import dev.keyturn.chaos.audit.Audit;
import dev.keyturn.chaos.audit.Violation;
import dev.keyturn.chaos.person.Ledger;
import dev.keyturn.chaos.plan.Fault;
import dev.keyturn.chaos.plan.FaultKind;
import dev.keyturn.local.terminal.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What happened, and what should not have.
 *
 * @param done the faults that were done
 * @param leftOut how many were not, since their process had still not come back from another one
 */
public record Report(
        long seed,
        List<Fault> done,
        int leftOut,
        Audit audit,
        Ledger ledger,
        List<Violation> violations) {

    /** For people; the last line says how many violations there are. */
    public List<String> lines() {
        Table table = new Table("what", "count", "of which");
        table.row("seed", seed, "");
        table.row("runs", audit.runs(), counts(audit.ends()));
        for (FaultKind kind : FaultKind.values()) {
            Map<String, Long> targets =
                    done.stream()
                            .filter(f -> f.kind() == kind)
                            .collect(
                                    Collectors.groupingBy(
                                            Fault::target, TreeMap::new, Collectors.counting()));
            table.row(kind.words(), sum(targets), counts(targets));
        }
        table.row("left out", leftOut, "");
        table.row("adoptions", audit.adoptions(), "");
        table.row("INTERRUPTED", sum(audit.interruptions()), counts(audit.interruptions()));
        table.row("codes given", ledger.submissions().size(), counts(verdicts()));
        ledger.complaints().forEach((what, count) -> table.row("Home said", count, what));
        List<String> lines = table.lines();
        return java.util.stream.Stream.of(
                        lines.stream(),
                        pauses().stream(),
                        violations.stream().map(v -> "violation: " + v),
                        java.util.stream.Stream.of("violations " + violations.size()))
                .flatMap(part -> part)
                .toList();
    }

    private Map<String, Long> verdicts() {
        return ledger.submissions().stream()
                .flatMap(s -> s.verdicts().stream())
                .collect(Collectors.groupingBy(v -> v, TreeMap::new, Collectors.counting()));
    }

    private List<String> pauses() {
        return ledger.pauses().stream()
                .collect(
                        Collectors.groupingBy(
                                Ledger.Pause::after, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(e -> pause(e.getKey(), e.getValue()))
                .toList();
    }

    private static String pause(String after, List<Ledger.Pause> pauses) {
        List<Ledger.Pause> sorted =
                pauses.stream().sorted(Comparator.comparing(Ledger.Pause::length)).toList();
        Ledger.Pause longest = sorted.getLast();
        return "longest pause after %s: %.1f s (runId=%s, until %s); half of %d below %.1f s"
                .formatted(
                        after,
                        longest.length().toMillis() / 1e3,
                        longest.run(),
                        longest.until(),
                        sorted.size(),
                        sorted.get(sorted.size() / 2).length().toMillis() / 1e3);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
    }
}
