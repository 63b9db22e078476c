package dev.keyturn.simulator.db;

import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.store.DocumentTable;
import java.time.Instant;
import java.util.UUID;

/** Table {@code document}. */
public final class MemoryDocuments extends DocumentTable {

    private record Key(UUID accountId, String sha256) {}

    private final Rows<Key, UUID> rows = new Rows<>();

    @Override
    public boolean has(Tx tx, UUID accountId, String sha256) {
        return rows.get(new Key(accountId, sha256)) != null;
    }

    @Override
    public boolean add(Tx tx, UUID accountId, String sha256, UUID documentId, Instant now) {
        return rows.insert(tx, new Key(accountId, sha256), documentId);
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
