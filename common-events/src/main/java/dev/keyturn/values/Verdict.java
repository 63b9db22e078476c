package dev.keyturn.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * What became of a submission. The same submission always gets the same verdict.
 *
 * @param text the value as it came; one that is unknown here is kept and read as {@code OTHER}
 */
public record Verdict(@JsonValue String text) {

    public static final Verdict DELIVERED = new Verdict("DELIVERED");
    public static final Verdict ALREADY_ANSWERED = new Verdict("ALREADY_ANSWERED");
    public static final Verdict SUPERSEDED = new Verdict("SUPERSEDED");
    public static final Verdict TOO_LATE = new Verdict("TOO_LATE");
    public static final Verdict CANCELLED = new Verdict("CANCELLED");
    public static final Verdict UNKNOWN_CHALLENGE = new Verdict("UNKNOWN_CHALLENGE");
    public static final Verdict NOT_YOURS = new Verdict("NOT_YOURS");
    public static final Verdict MALFORMED = new Verdict("MALFORMED");
    public static final Verdict PENDING = new Verdict("PENDING");

    /** The values that this version knows. */
    public enum Kind {
        DELIVERED,
        ALREADY_ANSWERED,
        SUPERSEDED,
        TOO_LATE,
        CANCELLED,
        UNKNOWN_CHALLENGE,
        NOT_YOURS,
        MALFORMED,
        PENDING,
        /** A value that a newer version wrote. */
        OTHER
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Verdict {
        Objects.requireNonNull(text, "Verdict");
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
