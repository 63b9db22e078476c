package dev.keyturn.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * Who wanted a run: a person who waits for it, or a schedule, which never prompts.
 *
 * @param text the value as it came; one that is unknown here is kept and read as {@code OTHER}
 */
public record Trigger(@JsonValue String text) {

    public static final Trigger MANUAL = new Trigger("MANUAL");
    public static final Trigger SCHEDULED = new Trigger("SCHEDULED");

    /** The values that this version knows. */
    public enum Kind {
        MANUAL,
        SCHEDULED,
        /** A value that a newer version wrote. */
        OTHER
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Trigger {
        Objects.requireNonNull(text, "Trigger");
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
