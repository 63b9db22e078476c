package dev.keyturn.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * How a field of a form is asked for.
 *
 * @param text the value as it came; one that is unknown here is kept and read as {@code OTHER}
 */
public record FieldType(@JsonValue String text) {

    public static final FieldType TEXT = new FieldType("TEXT");
    public static final FieldType EMAIL = new FieldType("EMAIL");
    public static final FieldType PASSWORD = new FieldType("PASSWORD");
    public static final FieldType URL = new FieldType("URL");
    public static final FieldType CHOICE = new FieldType("CHOICE");

    /** The values that this version knows. */
    public enum Kind {
        TEXT,
        EMAIL,
        PASSWORD,
        URL,
        CHOICE,
        /** A value that a newer version wrote. */
        OTHER
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FieldType {
        Objects.requireNonNull(text, "FieldType");
    }

    /** What to treat this value as. */
    public Kind kind() {
        return OpenValues.kind(Kind.class, text, Kind.OTHER);
    }

    @Override
    public String toString() {
        return text;
    }
}
