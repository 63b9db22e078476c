package dev.keyturn.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * Why a code that was delivered was refused.
 *
 * @param text the value as it came; one that is unknown here is kept and read as {@code OTHER}
 */
public record RejectedWhy(@JsonValue String text) {

    public static final RejectedWhy WRONG = new RejectedWhy("WRONG");
    public static final RejectedWhy UNREADABLE = new RejectedWhy("UNREADABLE");
    public static final RejectedWhy WRONG_FORMAT = new RejectedWhy("WRONG_FORMAT");

    /** The values that this version knows. */
    public enum Kind {
        WRONG,
        UNREADABLE,
        WRONG_FORMAT,
        /** A value that a newer version wrote. */
        OTHER
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RejectedWhy {
        Objects.requireNonNull(text, "RejectedWhy");
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
