package dev.keyturn.simulator.db;

import dev.keyturn.service.db.Tx;
import dev.keyturn.service.reading.Positions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Table {@code reader_position}. */
public final class MemoryPositions extends Positions {

    private record Key(String topic, int partition) {}

    private final Rows<Key, Long> rows = new Rows<>();

    @Override
    public Map<Integer, Long> load(Tx tx, String topic, Collection<Integer> partitions) {
        Map<Integer, Long> positions = new HashMap<>();
        for (int partition : partitions) {
            rows.find(new Key(topic, partition)).ifPresent(next -> positions.put(partition, next));
        }
        return positions;
    }

    @Override
    public void move(Tx tx, String topic, int partition, long from, long to) {
        Key key = new Key(topic, partition);
        if (rows.find(key).orElse(-1L) != from) {
            throw new Moved(topic, partition);
        }
        rows.put(tx, key, to);
    }

    @Override
    public void set(Tx tx, String topic, int partition, long to) {
        rows.put(tx, new Key(topic, partition), to);
    }

    /** As if nothing had ever been read: outside of any transaction, when nobody reads. */
    public void forgetAll() {
        rows.clear();
    }
}
