package dev.keyturn.local.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.keyturn.wire.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What came from elsewhere, made harmless for a terminal. */
public final class Shown {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    /** No control character leaves it as such: not even one that JSON would let through. */
    private static final ObjectWriter JSON =
            Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private Shown() {}

    /** Without control and direction characters, which could rewrite what a terminal shows. */
    public static String text(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().map(Shown::harmless).filter(c -> c >= 0).forEach(shown::appendCodePoint);
        return shown.toString().strip();
    }

    /** The same as one word for a shell. */
    public static String shellWord(@Nullable String text) {
        return "'" + text(text).replace("'", "'\\''") + "'";
    }

    private static int harmless(int character) {
        if (character == '\n' || character == '\t' || character == '\r') {
            return ' ';
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    -1;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            default -> character;
        };
    }

    /** One line of JSON. */
    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static String time(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at);
    }

    public static String dateTime(@Nullable Instant at) {
        return at == null ? "" : DATE_TIME.format(at);
    }
}
