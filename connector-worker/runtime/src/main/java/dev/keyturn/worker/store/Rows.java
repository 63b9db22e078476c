package dev.keyturn.worker.store;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Columns of a row that must, or may not, have a value. */
final class Rows {

    private Rows() {}

    static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    static @Nullable Instant instantOrNull(Row row, String column) {
        @Nullable OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    static @Nullable UUID uuidOrNull(Row row, String column) {
        return row.getUUID(column);
    }

    static @Nullable String textOrNull(Row row, String column) {
        return row.getString(column);
    }

    static int numberOr(Row row, String column, int absent) {
        @Nullable Integer number = row.getInteger(column);
        return number == null ? absent : number;
    }

    static @Nullable Long numberOrNull(Row row, String column) {
        return row.getLong(column);
    }
}
