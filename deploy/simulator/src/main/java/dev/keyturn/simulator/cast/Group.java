package dev.keyturn.simulator.cast;

import dev.keyturn.simulator.world.SimulatedProcess;
import dev.keyturn.simulator.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * A consumer group: each partition belongs to one of its members. Who does not say for some time
 * that he lives loses his, and does not know it until he looks.
 */
final class Group {

    private static final long SESSION = 10_000;

    private final World world;
    private final int partitions;
    private final List<SimulatedProcess> members = new ArrayList<>();
    private final Map<SimulatedProcess, Set<Integer>> assigned = new HashMap<>();
    private final Map<SimulatedProcess, Long> heardOf = new HashMap<>();
    private long generation;

    Group(World world, int partitions) {
        this.world = world;
        this.partitions = partitions;
    }

    void join(SimulatedProcess process) {
        members.add(process);
        heardOf.put(process, world.now());
        rebalance();
    }

    /** Grows each time partitions are given out. */
    long generation() {
        return generation;
    }

    /** What a member reads now. */
    Set<Integer> of(SimulatedProcess process) {
        return assigned.getOrDefault(process, Set.of());
    }

    /** Hears of those that can speak, and gives the partitions of those that are silent away. */
    void look() {
        for (SimulatedProcess member : members) {
            if (member.isAlive() && member.stoppedUntil() <= world.now() && member.hasBroker()) {
                heardOf.put(member, world.now());
            }
        }
        boolean changed = members.stream().anyMatch(m -> isIn(m) != assigned.containsKey(m));
        members.removeIf(m -> !m.isAlive() && !isIn(m));
        if (changed) {
            rebalance();
        }
    }

    private boolean isIn(SimulatedProcess member) {
        return world.now() - heardOf.getOrDefault(member, 0L) <= SESSION;
    }

    /** Gives the partitions out anew, in some order. */
    void rebalance() {
        List<SimulatedProcess> there =
                new ArrayList<>(members.stream().filter(this::isIn).toList());
        Collections.shuffle(there, new Random(world.random().nextLong()));
        generation++;
        assigned.clear();
        there.forEach(m -> assigned.put(m, new HashSet<>()));
        for (int p = 0; p < partitions && !there.isEmpty(); p++) {
            Objects.requireNonNull(assigned.get(there.get(p % there.size()))).add(p);
        }
    }
}
