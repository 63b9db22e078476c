package dev.keyturn.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * Who refused a code that was delivered.
 *
 * @param text the value as it came; one that is unknown here is kept and read as {@code OTHER}
 */
public record RejectedBy(@JsonValue String text) {

    public static final RejectedBy SITE = new RejectedBy("SITE");
    public static final RejectedBy WORKER = new RejectedBy("WORKER");

    /** The values that this version knows. */
    public enum Kind {
        SITE,
        WORKER,
        /** A value that a newer version wrote. */
        OTHER
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RejectedBy {
        Objects.requireNonNull(text, "RejectedBy");
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
