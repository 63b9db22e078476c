package dev.keyturn.service.db;

import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, on one virtual thread. Parameters are {@code $1}, {@code $2}, …; an {@link
 * Instant} is a timestamptz.
 */
public final class Tx {

    /** No statement here takes this long; a connection that hangs must not hang its run. */
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);

    private final SqlConnection connection;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Tx(SqlConnection connection) {
        this.connection = connection;
    }

    /** Rows of a statement. */
    public RowSet<Row> query(String sql, @Nullable Object... parameters) {
        return connection
                .preparedQuery(sql)
                .execute(tuple(parameters))
                .await()
                .atMost(STATEMENT_LIMIT);
    }

    /** All rows of a statement, as a list. */
    public List<Row> list(String sql, @Nullable Object... parameters) {
        return StreamSupport.stream(query(sql, parameters).spliterator(), false).toList();
    }

    /** The first row of a statement, if there is one. */
    public Optional<Row> first(String sql, @Nullable Object... parameters) {
        return list(sql, parameters).stream().findFirst();
    }

    /** How many rows a statement changed. */
    public int update(String sql, @Nullable Object... parameters) {
        return query(sql, parameters).rowCount();
    }

    /**
     * Tells who listens to the channel, when and if this commits. At most one per transaction (it
     * locks cluster-wide).
     */
    public void notify(String channel, String payload) {
        query("select pg_notify($1, $2)", channel, payload);
    }

    /** Does something once this has committed, on the same thread. */
    public void onCommit(Runnable action) {
        afterCommit.add(action);
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }

    private static Tuple tuple(@Nullable Object... parameters) {
        Tuple tuple = Tuple.tuple();
        for (@Nullable Object parameter : parameters) {
            tuple.addValue(sqlValue(parameter));
        }
        return tuple;
    }

    private static @Nullable Object sqlValue(@Nullable Object parameter) {
        return switch (parameter) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case byte[] bytes -> Buffer.buffer(bytes).getDelegate();
            case Buffer buffer -> buffer.getDelegate();
            case Enum<?> name -> name.name();
            case null -> null;
            default -> parameter;
        };
    }
}
