package dev.keyturn.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * What a code is made of.
 *
 * @param text the value as it came; one that is unknown here is kept and read as {@code OTHER}
 */
public record FormatKind(@JsonValue String text) {

    public static final FormatKind DIGITS = new FormatKind("DIGITS");
    public static final FormatKind TEXT = new FormatKind("TEXT");

    /** The values that this version knows. */
    public enum Kind {
        DIGITS,
        TEXT,
        /** A value that a newer version wrote. */
        OTHER
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FormatKind {
        Objects.requireNonNull(text, "FormatKind");
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
