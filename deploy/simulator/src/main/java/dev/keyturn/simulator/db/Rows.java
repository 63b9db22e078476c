package dev.keyturn.simulator.db;

import dev.keyturn.service.db.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One table. What a transaction changes is put back if it does not commit. */
public final class Rows<K, V> {

    private final Map<K, V> rows = new LinkedHashMap<>();

    public @Nullable V get(K key) {
        return rows.get(key);
    }

    public Optional<V> find(K key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** The rows that there are, in the order in which they came. */
    public List<V> all() {
        return List.copyOf(rows.values());
    }

    public List<V> where(Predicate<V> condition) {
        return rows.values().stream().filter(condition).toList();
    }

    public boolean any(Predicate<V> condition) {
        return rows.values().stream().anyMatch(condition);
    }

    public int size() {
        return rows.size();
    }

    /** Writes a row; false if it is there, and then nothing happens. */
    public boolean insert(Tx tx, K key, V row) {
        if (rows.containsKey(key)) {
            return false;
        }
        put(tx, key, row);
        return true;
    }

    public void put(Tx tx, K key, V row) {
        @Nullable V before = rows.put(key, row);
        ((MemoryTx) tx)
                .onRollback(
                        () -> {
                            if (before == null) {
                                rows.remove(key);
                            } else {
                                rows.put(key, before);
                            }
                        });
    }

    public void remove(Tx tx, K key) {
        @Nullable V before = rows.remove(key);
        if (before != null) {
            ((MemoryTx) tx).onRollback(() -> rows.put(key, before));
        }
    }

    void clear() {
        rows.clear();
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
