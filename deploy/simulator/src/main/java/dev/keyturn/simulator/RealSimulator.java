package dev.keyturn.simulator;

import dev.keyturn.local.commands.Simulate;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.LogManager;

/** Behind {@code ./keyturn simulate}. */
public final class RealSimulator implements Simulate.Maker {

    private static final int MOST_SHOWN = 10;
    private static final long MUTANT_SEEDS = 5_000;

    @Override
    public boolean one(long seed, Consumer<String> out) {
        quiet();
        Outcome outcome = Simulation.of(seed, null, out);
        shown(outcome, out);
        out.accept("violations " + outcome.violations().size());
        return outcome.violations().isEmpty();
    }

    @Override
    public boolean many(long from, long count, Consumer<String> out) throws InterruptedException {
        quiet();
        long before = System.nanoTime();
        Tally tally = new Seeds(from, count, null).play();
        double seconds = (System.nanoTime() - before) / 1e9;
        out.accept(String.format(Locale.ROOT, "%-44s %10d", "seeds", tally.seeds()));
        out.accept(String.format(Locale.ROOT, "%-44s %10.0f", "seconds", seconds));
        row(out, "steps", tally.steps());
        row(out, "runs", tally.runs());
        row(out, "codes submitted", tally.submissions());
        row(out, "adoptions", tally.adoptions());
        rows(out, "fault", tally.faults());
        rows(out, "ended", tally.ends());
        tally.failing().stream().limit(MOST_SHOWN).forEach(o -> shown(o, out));
        out.accept("violations " + tally.failing().size());
        return tally.failing().isEmpty();
    }

    @Override
    public boolean mutants(Consumer<String> out) throws InterruptedException {
        quiet();
        boolean all = true;
        for (Mutant mutant : Mutant.values()) {
            Tally tally = new Seeds(0, MUTANT_SEEDS, mutant).play(o -> !o.violations().isEmpty());
            boolean found = !tally.failing().isEmpty();
            all &= found;
            out.accept(
                    String.format(
                            Locale.ROOT,
                            "%-26s breaks \"%s\": %s",
                            mutant,
                            mutant.invariant(),
                            found ? first(tally) : "NOT FOUND in " + MUTANT_SEEDS + " seeds"));
        }
        return all;
    }

    private static String first(Tally tally) {
        Outcome outcome = tally.failing().getFirst();
        return "seed " + outcome.seed() + ", " + outcome.violations().iterator().next();
    }

    private static void row(Consumer<String> out, String what, long number) {
        out.accept(String.format(Locale.ROOT, "%-44s %10d", what, number));
    }

    private static void rows(Consumer<String> out, String what, Map<String, Integer> numbers) {
        numbers.forEach((name, number) -> row(out, what + " " + name, number));
    }

    private static void shown(Outcome outcome, Consumer<String> out) {
        outcome.violations()
                .forEach(v -> out.accept("VIOLATION seed " + outcome.seed() + ": " + v));
    }

    // What is made to fail is no news.
    private static void quiet() {
        LogManager.getLogManager().reset();
    }
}
