package dev.keyturn.worker.testing;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The database, whose connection ends after each statement of each transaction once: a place is all
 * statements of a transaction so far. A thread that was just cut comes through the next time, so
 * that whoever tries again waits only once.
 */
@Decorator
@Priority(1)
@SuppressWarnings("NullAway.Init") // Quarkus fills it
public class CutDatabase implements Database {

    /** Where it was cut. */
    public static final Set<List<String>> CUT = ConcurrentHashMap.newKeySet();

    private static final ThreadLocal<Boolean> SPARED = ThreadLocal.withInitial(() -> false);
    private static final ThreadLocal<Boolean> UNCUT = ThreadLocal.withInitial(() -> false);
    private static volatile boolean cuts;

    @Inject @Delegate @Any Database database;

    public static void cut(boolean on) {
        cuts = on;
    }

    /** What a test itself asks or changes on this thread. */
    public static <T> T uncut(Supplier<T> work) {
        UNCUT.set(true);
        try {
            return work.get();
        } finally {
            UNCUT.set(false);
        }
    }

    @Override
    public <T> T tx(Function<Tx, T> work) {
        return database.tx(tx -> work.apply(isCut() ? new CutTx(tx) : tx));
    }

    @Override
    public <T> T autocommit(Function<Statements, T> work) {
        return database.autocommit(db -> work.apply(isCut() ? new CutStatements(db) : db));
    }

    private static boolean isCut() {
        return cuts && !UNCUT.get();
    }

    private static class CutStatements implements Statements {

        private final Statements db;
        private final List<String> statements = new ArrayList<>();

        CutStatements(Statements db) {
            this.db = db;
        }

        @Override
        public RowSet<Row> query(String sql, @Nullable Object... parameters) {
            RowSet<Row> rows = db.query(sql, parameters);
            said(sql);
            return rows;
        }

        final void said(String sql) {
            statements.add(sql);
            if (statements.size() == 1 && SPARED.get()) {
                SPARED.set(false);
                statements.add("spared"); // no place of this transaction is one that is cut
            } else if (!statements.contains("spared") && CUT.add(List.copyOf(statements))) {
                SPARED.set(true);
                var _ = db.query("select pg_terminate_backend(pg_backend_pid())");
            }
        }
    }

    private static final class CutTx extends CutStatements implements Tx {

        private final Tx tx;

        CutTx(Tx tx) {
            super(tx);
            this.tx = tx;
        }

        @Override
        public void notify(String channel, String payload) {
            tx.notify(channel, payload);
            said("notify");
        }

        @Override
        public void onCommit(Runnable action) {
            tx.onCommit(action);
        }
    }
}
