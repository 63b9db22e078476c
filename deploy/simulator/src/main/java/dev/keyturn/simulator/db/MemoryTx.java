package dev.keyturn.simulator.db;

import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.OutboxRow;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transaction in memory. */
public final class MemoryTx implements Tx {

    private final List<Runnable> rollbacks = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<OutboxRow> messages = new ArrayList<>();
    private final Runnable notice;
    private boolean notices;

    MemoryTx(Runnable notice) {
        this.notice = notice;
    }

    void onRollback(Runnable undo) {
        rollbacks.add(undo);
    }

    void added(OutboxRow message) {
        messages.add(message);
    }

    /** What it wrote to the outbox, in this order. */
    public List<OutboxRow> messages() {
        return messages;
    }

    boolean hasChanged() {
        return !rollbacks.isEmpty();
    }

    void rollback() {
        rollbacks.reversed().forEach(Runnable::run);
    }

    void tell() {
        if (notices) {
            notice.run();
        }
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }

    @Override
    public RowSet<Row> query(String sql, @Nullable Object... parameters) {
        throw new UnsupportedOperationException("The simulator has no table for: " + sql);
    }

    @Override
    public void notify(String channel, String payload) {
        notices = true;
    }

    @Override
    public void onCommit(Runnable action) {
        afterCommit.add(action);
    }
}
