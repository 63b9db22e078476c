package dev.keyturn.service.db;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one connection, on one virtual thread. Parameters are {@code $1}, {@code $2}, …; an
 * {@link Instant} is a timestamptz.
 */
public interface Statements {

    /** Rows of a statement. */
    RowSet<Row> query(String sql, @Nullable Object... parameters);

    /** All rows of a statement, as a list. */
    default List<Row> list(String sql, @Nullable Object... parameters) {
        return StreamSupport.stream(query(sql, parameters).spliterator(), false).toList();
    }

    /** The first row of a statement, if there is one. */
    default Optional<Row> first(String sql, @Nullable Object... parameters) {
        return list(sql, parameters).stream().findFirst();
    }

    /** How many rows a statement changed. */
    default int update(String sql, @Nullable Object... parameters) {
        return query(sql, parameters).rowCount();
    }
}
