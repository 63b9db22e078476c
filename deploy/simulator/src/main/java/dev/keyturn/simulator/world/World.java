package dev.keyturn.simulator.world;

import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.fibers.Fibers;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything of one simulation that is not Keyturn's: time, chance, broker, and who watches. */
public final class World {

    /** When every simulation begins. */
    public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final SplittableRandom random;
    private final Fibers fibers;
    private final Log log = new Log();
    private final @Nullable Mutant mutant;
    private final Watch watch;
    private final @Nullable Consumer<String> told;
    private boolean calm;

    /**
     * Begins a simulation.
     *
     * @param mutant what is broken; null for Keyturn as it is
     * @param told gets each line of what happens; null if nobody wants to know
     */
    public World(long seed, @Nullable Mutant mutant, @Nullable Consumer<String> told) {
        this.random = new SplittableRandom(seed);
        this.fibers = new Fibers(random.split(), BEGIN.toEpochMilli());
        this.mutant = mutant;
        this.told = told;
        this.watch = new Watch(this);
    }

    public SplittableRandom random() {
        return random;
    }

    public Fibers fibers() {
        return fibers;
    }

    public Log log() {
        return log;
    }

    public Watch watch() {
        return watch;
    }

    public boolean has(Mutant broken) {
        return mutant == broken;
    }

    /** The time by no clock in particular. */
    public long now() {
        return fibers.now();
    }

    public Instant instant() {
        return Instant.ofEpochMilli(now());
    }

    /** Tells what happens, if somebody wants to know. */
    public void tell(String who, Supplier<String> what) {
        if (told != null) {
            double seconds = (now() - BEGIN.toEpochMilli()) / 1000.0;
            told.accept("%8.3f %-9s %s".formatted(seconds, who, what.get()));
        }
    }

    /** An identifier that this simulation has not had, and each repetition of it has again. */
    public UUID id() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Whether this happens, in so many of a thousand cases. */
    public boolean perMille(int cases) {
        return random.nextInt(1000) < cases;
    }

    /** From now on nothing goes wrong any more. */
    public void calmDown() {
        calm = true;
    }

    public boolean isCalm() {
        return calm;
    }

    /** How long something takes: most often a little, now and then long. */
    long latency(int usual, int longest) {
        return !calm && perMille(15)
                ? random.nextInt(usual, longest + 1)
                : random.nextInt(1, usual + 1);
    }
}
