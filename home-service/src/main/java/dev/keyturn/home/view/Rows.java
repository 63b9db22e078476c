package dev.keyturn.home.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyturn.wire.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Columns as the types that are used here. */
public final class Rows {

    private Rows() {}

    /** An instant that is there. */
    public static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    /** An instant that may be absent. */
    public static @Nullable Instant instantOrNull(Row row, String column) {
        @Nullable OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    /** What a JSON column holds. */
    public static <T> T json(Row row, String column, Class<T> type) {
        return parse(row.getString(column), type);
    }

    /** The same of one that may be absent. */
    public static <T> @Nullable T jsonOrNull(Row row, String column, Class<T> type) {
        @Nullable String text = row.getString(column);
        return text == null ? null : parse(text, type);
    }

    /** The JSON of a value, for a column. */
    public static String text(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    value.getClass().getSimpleName() + ": must be writable as JSON", e);
        }
    }

    private static <T> T parse(String text, Class<T> type) {
        try {
            return Json.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(type.getSimpleName() + ": must be readable", e);
        }
    }
}
