package dev.keyturn.service.db;

import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The statements of a connection. */
class SqlStatements implements Statements {

    /** No statement here takes this long; a connection that hangs must not hang its run. */
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);

    private final SqlConnection connection;

    SqlStatements(SqlConnection connection) {
        this.connection = connection;
    }

    @Override
    public RowSet<Row> query(String sql, @Nullable Object... parameters) {
        return connection
                .preparedQuery(sql)
                .execute(tuple(parameters))
                .await()
                .atMost(STATEMENT_LIMIT);
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
