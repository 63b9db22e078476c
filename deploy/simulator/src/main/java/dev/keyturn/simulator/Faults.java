package dev.keyturn.simulator;

import dev.keyturn.simulator.cast.Cast;
import dev.keyturn.simulator.fibers.Fiber;
import dev.keyturn.simulator.world.SimulatedProcess;
import dev.keyturn.simulator.world.World;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What goes wrong, and when: between two of the steps that a process takes, so that it is hit in
 * the middle of what it does.
 */
final class Faults {

    /** What can go wrong. */
    enum Kind {
        KILL,
        KILL_WHO_IS_AT_WORK,
        KILL_WHO_RUNS,
        STOP_FOR_LONGER_THAN_THE_LEASE,
        STOP_WHO_RUNS,
        STOP_FOR_A_MOMENT,
        ASK_TO_STOP,
        NO_DATABASE,
        NO_DATABASE_FOR_ALL,
        NO_BROKER,
        NO_BROKER_FOR_ALL,
        REBALANCE
    }

    private record Fault(long step, Kind kind) {}

    private static final String RUN = "run-";
    private static final int MOST = 6;
    private static final int LAST_STEP = 1_500;

    private final World world;
    private final Cast cast;
    private final Queue<Fault> planned;
    private final List<Instant> kills = new ArrayList<>();
    private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    private final int number;

    Faults(World world, Cast cast) {
        this.world = world;
        this.cast = cast;
        SplittableRandom random = world.random();
        this.number = random.nextInt(MOST + 1);
        List<Fault> all =
                Stream.generate(() -> fault(random))
                        .limit(number)
                        .sorted(Comparator.comparingLong(Fault::step))
                        .toList();
        this.planned = new ArrayDeque<>(all);
    }

    private static Fault fault(SplittableRandom random) {
        Kind[] kinds = Kind.values();
        return new Fault(random.nextInt(LAST_STEP), kinds[random.nextInt(kinds.length)]);
    }

    /** How many there are in this simulation. */
    int number() {
        return number;
    }

    /** How often each has happened. */
    Map<Kind, Integer> done() {
        return done;
    }

    /** When the only thing happened that was done to this Keyturn: a process was killed. */
    Optional<Instant> onlyKill() {
        return number == 1 ? kills.stream().findFirst() : Optional.empty();
    }

    /**
     * Makes what is due; nothing any more when all is put right.
     *
     * @param next who would go on
     * @return whether somebody else may have to
     */
    boolean strike(long step, Fiber next) {
        if (world.isCalm() || planned.isEmpty() || planned.peek().step() > step) {
            return false;
        }
        Kind kind = planned.peek().kind();
        boolean isOfRun = kind == Kind.KILL_WHO_RUNS || kind == Kind.STOP_WHO_RUNS;
        if (isOfRun && !next.name().startsWith(RUN)) {
            return false;
        }
        planned.remove();
        done.merge(kind, 1, Integer::sum);
        List<SimulatedProcess> alive = cast.processes();
        if (alive.isEmpty()) {
            return false;
        }
        SimulatedProcess atWork =
                next.owner() instanceof SimulatedProcess p && alive.contains(p) ? p : any(alive);
        strike(kind, isOfRun || kind == Kind.KILL_WHO_IS_AT_WORK ? atWork : any(alive));
        return true;
    }

    private SimulatedProcess any(List<SimulatedProcess> alive) {
        return alive.get(world.random().nextInt(alive.size()));
    }

    private void strike(Kind kind, SimulatedProcess process) {
        world.tell("FAULT", () -> kind + ", " + process.name());
        switch (kind) {
            case KILL, KILL_WHO_IS_AT_WORK, KILL_WHO_RUNS -> {
                kills.add(world.instant());
                cast.kill(process, some(0, 40_000));
            }
            case STOP_FOR_LONGER_THAN_THE_LEASE, STOP_WHO_RUNS ->
                    process.stopUntil(world.now() + some(10_000, 30_000));
            case STOP_FOR_A_MOMENT -> process.stopUntil(world.now() + some(500, 9_000));
            case ASK_TO_STOP -> cast.stop(process, some(0, 5_000));
            case NO_DATABASE -> process.cutOffDatabase(world.now() + some(1_000, 20_000));
            case NO_DATABASE_FOR_ALL -> {
                long until = world.now() + some(1_000, 60_000);
                cast.processes().forEach(p -> p.cutOffDatabase(until));
            }
            case NO_BROKER -> process.cutOffBroker(world.now() + some(1_000, 20_000));
            case NO_BROKER_FOR_ALL -> {
                long until = world.now() + some(1_000, 60_000);
                cast.processes().forEach(p -> p.cutOffBroker(until));
            }
            case REBALANCE -> cast.rebalance();
        }
    }

    private long some(int least, int most) {
        return world.random().nextInt(least, most);
    }
}
