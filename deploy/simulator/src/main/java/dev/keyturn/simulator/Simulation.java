package dev.keyturn.simulator;

import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFailed;
import dev.keyturn.simulator.cast.Cast;
import dev.keyturn.simulator.fibers.Fiber;
import dev.keyturn.simulator.world.RunStory;
import dev.keyturn.simulator.world.SimulatedProcess;
import dev.keyturn.simulator.world.World;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One seed: some people, some workers, some faults; in the end all of it is put right, and
 * everything is read again from its start.
 */
public final class Simulation {

    private static final long LONGEST = Duration.ofHours(2).toMillis();
    private static final long REST = Duration.ofSeconds(6).toMillis();
    private static final long ZOMBIES = Duration.ofSeconds(30).toMillis();
    private static final int LOOK = 10;
    private static final int MOST_STEPS = 200_000;

    private final long seed;
    private final World world;
    private final Cast cast;
    private final Faults faults;
    private final Audit audit;
    private long steps;

    private Simulation(long seed, @Nullable Mutant mutant, @Nullable Consumer<String> told) {
        this.seed = seed;
        this.world = new World(seed, mutant, told);
        this.cast =
                new Cast(
                        world,
                        world.perMille(150) ? 1 : 2 + world.random().nextInt(2),
                        1 + world.random().nextInt(2),
                        world.perMille(300) ? 2 : 1);
        this.faults = new Faults(world, cast);
        this.audit = new Audit(world, cast, faults);
        world.watch().afterCommits(audit::afterCommit);
    }

    /** Plays a seed; the same one always in the same way. */
    public static Outcome of(long seed, @Nullable Mutant mutant) {
        return new Simulation(seed, mutant, null).play();
    }

    /**
     * The same, and tells what happens.
     *
     * @param told gets each line of it
     */
    public static Outcome of(long seed, @Nullable Mutant mutant, Consumer<String> told) {
        return new Simulation(seed, mutant, told).play();
    }

    private Outcome play() {
        if (goOn(cast::isQuiet)) {
            world.calmDown();
            cast.processes().forEach(SimulatedProcess::recover);
            rest();
            letZombiesEnd();
            audit.all();
            readAgain();
        } else {
            world.watch().violation("nothing lost", "it does not come to rest");
            audit.all();
        }
        Outcome outcome = outcome();
        cast.end();
        return outcome;
    }

    private void readAgain() {
        State before = State.of(world, cast);
        cast.rewind();
        rest();
        if (goOn(cast::isQuiet)) {
            rest();
            audit.sameAs(before);
        } else {
            world.watch().violation("replay is safe", "it does not come to rest again");
        }
    }

    /** Who has just woken finds out one after the other that his runs are another's. */
    private void letZombiesEnd() {
        if (!audit.areSlotsFree()) {
            long until = world.now() + ZOMBIES;
            boolean _ = goOn(() -> audit.areSlotsFree() || world.now() >= until);
        }
    }

    /** Lets what nobody waits for come to its end. */
    private void rest() {
        long until = world.now() + REST;
        boolean _ = goOn(() -> world.now() >= until);
    }

    private boolean goOn(BooleanSupplier end) {
        while (steps % LOOK != 0 || !end.getAsBoolean()) {
            if (steps > MOST_STEPS || world.now() > World.BEGIN.toEpochMilli() + LONGEST) {
                return false;
            }
            cast.tend();
            @Nullable Fiber next = world.fibers().next();
            if (next == null) {
                return false;
            }
            if (!faults.strike(steps, next)) {
                world.fibers().step(next);
            }
            steps++;
        }
        return true;
    }

    private Outcome outcome() {
        Map<String, Integer> kinds = new TreeMap<>();
        faults.done().forEach((kind, times) -> kinds.put(kind.name(), times));
        Map<String, Integer> ends = new TreeMap<>();
        int adoptions = 0;
        for (RunStory story : world.watch().stories().values()) {
            ends.merge(reason(story), 1, Integer::sum);
            adoptions += (int) story.facts().stream().filter(RunAdopted.class::isInstance).count();
        }
        return new Outcome(
                seed,
                world.watch().violations(),
                steps,
                kinds,
                ends,
                world.watch().stories().size(),
                adoptions,
                world.watch().submitted().size());
    }

    private static String reason(RunStory story) {
        return switch (story.end()) {
            case null -> "NONE";
            case RunFailed failed -> failed.reason().text();
            default -> "FINISHED";
        };
    }
}
