package dev.keyturn.service.db;

import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;

/** The statements of a connection that has begun a transaction. */
final class SqlTx extends SqlStatements implements Tx {

    private final List<Runnable> afterCommit = new ArrayList<>();

    SqlTx(SqlConnection connection) {
        super(connection);
    }

    @Override
    public void notify(String channel, String payload) {
        query("select pg_notify($1, $2)", channel, payload);
    }

    @Override
    public void onCommit(Runnable action) {
        afterCommit.add(action);
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }
}
