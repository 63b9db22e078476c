package dev.keyturn.simulator.db;

import dev.keyturn.service.db.Tx;
import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.world.World;
import dev.keyturn.worker.journal.Entry;
import dev.keyturn.worker.store.JournalTable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table {@code journal}. */
public final class MemoryJournal extends JournalTable {

    private record Key(UUID runId, int position) {}

    private record Stored(Key key, Entry entry) {}

    private final World world;
    private final MemoryRuns runs;
    private final Rows<Key, Stored> rows = new Rows<>();

    MemoryJournal(World world, MemoryRuns runs) {
        this.world = world;
        this.runs = runs;
    }

    /** What a run has begun or done. */
    public List<Entry> of(UUID runId) {
        return rows.where(s -> s.key().runId().equals(runId)).stream()
                .map(Stored::entry)
                .sorted(Comparator.comparingInt(Entry::position))
                .toList();
    }

    @Override
    public Map<UUID, List<Entry>> load(Tx tx, Collection<UUID> runIds) {
        return world.has(Mutant.JOURNAL_FORGOTTEN)
                ? Map.of()
                : runIds.stream().collect(Collectors.toMap(id -> id, this::of));
    }

    @Override
    public void write(
            Tx tx,
            UUID runId,
            long epoch,
            int position,
            Entry.Kind kind,
            String name,
            boolean once,
            boolean done,
            @Nullable String sealed) {
        boolean isBeginning = kind == Entry.Kind.STEP && once && !done;
        if (!runs.isAt(runId, epoch) || (isBeginning && isForgotten())) {
            return;
        }
        Key key = new Key(runId, position);
        boolean wasOnce = rows.find(key).map(s -> s.entry().once()).orElse(false);
        rows.put(
                tx,
                key,
                new Stored(key, new Entry(position, kind, name, wasOnce || once, done, sealed)));
    }

    private boolean isForgotten() {
        return world.has(Mutant.ONCE_NOT_NOTED) || world.has(Mutant.REVEAL_NOT_NOTED);
    }

    @Override
    public int clean(Tx tx, Instant before) {
        return 0;
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
