package dev.keyturn.simulator.db;

import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.budget.Spent;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.store.SpentTable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Table {@code spent}. */
public final class MemorySpent extends SpentTable {

    private record Key(UUID challengeId, boolean prompt) {}

    private record Stored(Key key, UUID accountId, Instant at) {}

    private final Rows<Key, Stored> rows = new Rows<>();

    @Override
    public void prompt(Tx tx, Run run, UUID challengeId, Instant now) {
        add(tx, run, new Key(challengeId, true), now);
    }

    @Override
    public void wrongCode(Tx tx, Run run, UUID challengeId, Instant now) {
        add(tx, run, new Key(challengeId, false), now);
    }

    private void add(Tx tx, Run run, Key key, Instant now) {
        boolean _ = rows.insert(tx, key, new Stored(key, run.accountId(), now));
    }

    @Override
    public Spent since(Tx tx, Run run, Instant after) {
        return new Spent(times(run, after, true), times(run, after, false));
    }

    private List<Instant> times(Run run, Instant after, boolean prompt) {
        return rows
                .where(
                        s ->
                                s.key().prompt() == prompt
                                        && s.accountId().equals(run.accountId())
                                        && s.at().isAfter(after))
                .stream()
                .map(Stored::at)
                .sorted()
                .toList();
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
