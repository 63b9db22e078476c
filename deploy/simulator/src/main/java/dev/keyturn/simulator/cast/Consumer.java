package dev.keyturn.simulator.cast;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.reading.Positions;
import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.world.Log;
import dev.keyturn.simulator.world.SimulatedProcess;
import dev.keyturn.simulator.world.World;
import dev.keyturn.wire.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * A member of a group that reads a topic: fetches from the partitions that are its own, batch after
 * batch; begins each where the database says, and now and then again at an earlier record.
 */
final class Consumer {

    private static final int MOST = 5;
    private static final Duration POLL = Duration.ofSeconds(1);

    private final SimulatedProcess process;
    private final Topic topic;
    private final Group group;
    private final Database database;
    private final Positions positions;
    private final java.util.function.Consumer<ConsumerRecords<String, byte[]>> handler;
    private final Map<Integer, Long> next = new HashMap<>();
    private Set<Integer> mine = Set.of();
    private long generation;

    Consumer(
            SimulatedProcess process,
            Topic topic,
            Group group,
            Database database,
            Positions positions,
            java.util.function.Consumer<ConsumerRecords<String, byte[]>> handler) {
        this.process = process;
        this.topic = topic;
        this.group = group;
        this.database = database;
        this.positions = positions;
        this.handler = handler;
    }

    /** Partitions that it reads now, as far as it knows. */
    Set<Integer> mine() {
        return mine;
    }

    void loop() {
        World world = process.world();
        while (true) {
            if (generation != group.generation()) {
                generation = group.generation();
                seekNew(Set.copyOf(group.of(process)));
            }
            SequencedMap<Integer, List<ConsumerRecord<String, byte[]>>> batch = fetch(world.log());
            if (batch.isEmpty()) {
                long size = world.log().size(topic.name());
                process.until(
                        () ->
                                world.log().size(topic.name()) != size
                                        || generation != group.generation(),
                        POLL);
            } else {
                process.lapse(3, 1_000);
                apply(batch);
            }
        }
    }

    // Who fetched it applies it, whoever the partition belongs to meanwhile.
    private void apply(SequencedMap<Integer, List<ConsumerRecord<String, byte[]>>> batch) {
        if (process.world().has(Mutant.POSITION_AHEAD)) {
            batch.forEach(this::goOn);
            process.lapse(30, 300);
            return;
        }
        handler.accept(Log.batch(batch, topic.name()));
    }

    // A broken one: says that it has read what it then may not have done.
    private void goOn(int partition, List<ConsumerRecord<String, byte[]>> records) {
        TreeMap<Integer, List<ConsumerRecord<String, byte[]>>> one = new TreeMap<>();
        one.put(partition, records);
        if (process.world().perMille(970)) {
            handler.accept(Log.batch(one, topic.name()));
        } else {
            database.run(
                    tx ->
                            positions.set(
                                    tx, topic.name(), partition, records.getLast().offset() + 1));
        }
    }

    private void seekNew(Set<Integer> assigned) {
        Set<Integer> added = new HashSet<>(assigned);
        added.removeAll(mine);
        if (!added.isEmpty()) {
            Map<Integer, Long> known = positions(added);
            added.forEach(p -> next.put(p, known.getOrDefault(p, 0L)));
        }
        mine = assigned;
    }

    private Map<Integer, Long> positions(Set<Integer> partitions) {
        while (true) {
            try {
                return database.tx(tx -> positions.load(tx, topic.name(), partitions));
            } catch (RuntimeException _) {
                process.lapse(500, 1_000);
            }
        }
    }

    private SequencedMap<Integer, List<ConsumerRecord<String, byte[]>>> fetch(Log log) {
        TreeMap<Integer, List<ConsumerRecord<String, byte[]>>> batch = new TreeMap<>();
        if (process.hasBroker()) {
            for (int partition : log.partitions(topic.name())) {
                if (mine.contains(partition)) {
                    fetch(log, partition, batch);
                }
            }
        }
        return batch;
    }

    private void fetch(
            Log log,
            int partition,
            SequencedMap<Integer, List<ConsumerRecord<String, byte[]>>> batch) {
        long from = next.getOrDefault(partition, 0L);
        World world = process.world();
        if (from > 0 && !world.isCalm() && world.perMille(4)) {
            from = world.random().nextLong(from);
        }
        List<ConsumerRecord<String, byte[]>> records =
                log.read(topic.name(), partition, from, 1 + world.random().nextInt(MOST));
        if (!records.isEmpty()) {
            batch.put(partition, records);
            next.put(partition, records.getLast().offset() + 1);
        }
    }

    /** Begins again at the start of everything. */
    void rewind() {
        next.replaceAll((_, _) -> 0L);
    }

    /** Whether it has fetched all that there is. */
    boolean isAtEnd() {
        Log log = process.world().log();
        for (int partition : log.partitions(topic.name())) {
            if (mine.contains(partition)
                    && next.getOrDefault(partition, 0L) < log.end(topic.name(), partition)) {
                return false;
            }
        }
        return true;
    }
}
