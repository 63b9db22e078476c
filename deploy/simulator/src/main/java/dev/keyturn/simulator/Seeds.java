package dev.keyturn.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plays many seeds, one on each processor. */
final class Seeds {

    /** How many at a time, where others need the machine, too. */
    private static final String THREADS = "keyturn.simulator.threads";

    private final long from;
    private final long count;
    private final @Nullable Mutant mutant;

    /** The seeds from one on, so many. */
    Seeds(long from, long count, @Nullable Mutant mutant) {
        this.from = from;
        this.count = count;
        this.mutant = mutant;
    }

    /** Plays them all. */
    Tally play() throws InterruptedException {
        return play(_ -> false);
    }

    /** Plays them until one has this outcome. */
    Tally play(Predicate<Outcome> last) throws InterruptedException {
        int threads = Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors());
        AtomicLong next = new AtomicLong(from);
        AtomicBoolean found = new AtomicBoolean();
        List<Future<Tally>> parts = new ArrayList<>();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("seeds-", 0).factory())) {
            for (int i = 0; i < threads; i++) {
                parts.add(pool.submit(() -> part(next, found, last)));
            }
        }
        Tally all = new Tally();
        for (Future<Tally> part : parts) {
            all = all.plus(result(part));
        }
        return all;
    }

    private Tally part(AtomicLong next, AtomicBoolean found, Predicate<Outcome> last) {
        Tally tally = new Tally();
        for (long seed = next.getAndIncrement();
                seed < from + count && !found.get();
                seed = next.getAndIncrement()) {
            Outcome outcome = Simulation.of(seed, mutant);
            tally = tally.plus(outcome);
            if (last.test(outcome)) {
                found.set(true);
            }
        }
        return tally;
    }

    private static Tally result(Future<Tally> part) throws InterruptedException {
        try {
            return part.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A seed could not be played", e.getCause());
        }
    }
}
