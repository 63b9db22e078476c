package dev.keyturn.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * Whether a connector can run with nobody there.
 *
 * @param text the value as it came; one that is unknown here is kept and read as {@code OTHER}
 */
public record Unattended(@JsonValue String text) {

    public static final Unattended YES = new Unattended("YES");
    public static final Unattended NO = new Unattended("NO");
    public static final Unattended UNTIL_ASKED = new Unattended("UNTIL_ASKED");

    /** The values that this version knows. */
    public enum Kind {
        YES,
        NO,
        UNTIL_ASKED,
        /** A value that a newer version wrote. */
        OTHER
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Unattended {
        Objects.requireNonNull(text, "Unattended");
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
