package dev.keyturn.simulator.db;

import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.OutboxRow;
import dev.keyturn.service.outbox.OutboxTable;
import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.world.World;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Topics;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Table {@code outbox}. */
public final class MemoryOutbox extends OutboxTable {

    private final World world;
    private final Rows<Long, Stored> rows = new Rows<>();
    private final Set<String> asked = new HashSet<>();
    private long last;

    public MemoryOutbox(World world) {
        this.world = world;
    }

    public boolean isEmpty() {
        return rows.size() == 0;
    }

    // A transaction happens at once: nobody has to wait for it.
    @Override
    public void lock(Tx tx, int service, List<Integer> hashes) {}

    @Override
    public Set<Integer> tryLock(Tx tx, int service, Collection<Integer> hashes) {
        return Set.copyOf(hashes);
    }

    @Override
    public void add(Tx tx, List<OutboxRow> added) {
        added.forEach(row -> add(tx, row));
    }

    private void add(Tx tx, OutboxRow row) {
        if (world.has(Mutant.NOBODY_ASKS_AGAIN) && isAskedAgain(row)) {
            return;
        }
        last++;
        rows.put(tx, last, new Stored(last, row));
        ((MemoryTx) tx).added(row);
    }

    private boolean isAskedAgain(OutboxRow row) {
        return Codec.decode(Topics.CHALLENGES, row.toRecord().headers(), row.value())
                        instanceof Decoded.Known known
                && known.message() instanceof OpenChallenge open
                && !asked.add(open.challengeId() + "/" + open.round());
    }

    @Override
    public List<Stored> oldest(Statements db, List<UUID> keys, int limit) {
        List<Stored> found =
                keys.stream()
                        .flatMap(
                                key ->
                                        rows.where(s -> s.row().orderKey().equals(key)).stream()
                                                .limit(limit))
                        .toList();
        if (world.has(Mutant.SENT_BEFORE_ACKNOWLEDGED)) {
            found.forEach(s -> rows.remove((Tx) db, s.id()));
        }
        return world.has(Mutant.OUTBOX_SKIPS) ? found.reversed() : found;
    }

    @Override
    public int delete(Statements db, List<Long> ids) {
        ids.forEach(id -> rows.remove((Tx) db, id));
        return ids.size();
    }

    @Override
    public List<UUID> keysBefore(Statements db, Instant before, int limit) {
        return rows.where(s -> s.row().createdAt().isBefore(before)).stream()
                .map(s -> s.row().orderKey())
                .distinct()
                .toList();
    }
}
