package dev.keyturn.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * Why sealed credentials were not taken.
 *
 * @param text the value as it came; one that is unknown here is kept and read as {@code OTHER}
 */
public record CredentialsRefusal(@JsonValue String text) {

    public static final CredentialsRefusal UNREADABLE = new CredentialsRefusal("UNREADABLE");
    public static final CredentialsRefusal OTHER_ACCOUNT = new CredentialsRefusal("OTHER_ACCOUNT");
    public static final CredentialsRefusal OTHER_CONNECTOR =
            new CredentialsRefusal("OTHER_CONNECTOR");
    public static final CredentialsRefusal UNKNOWN_CONNECTOR =
            new CredentialsRefusal("UNKNOWN_CONNECTOR");
    public static final CredentialsRefusal MISSING_FIELD = new CredentialsRefusal("MISSING_FIELD");
    public static final CredentialsRefusal UNKNOWN_FIELD = new CredentialsRefusal("UNKNOWN_FIELD");
    public static final CredentialsRefusal WRONG_FORMAT = new CredentialsRefusal("WRONG_FORMAT");

    /** The values that this version knows. */
    public enum Kind {
        UNREADABLE,
        OTHER_ACCOUNT,
        OTHER_CONNECTOR,
        UNKNOWN_CONNECTOR,
        MISSING_FIELD,
        UNKNOWN_FIELD,
        WRONG_FORMAT,
        /** A value that a newer version wrote. */
        OTHER
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CredentialsRefusal {
        Objects.requireNonNull(text, "CredentialsRefusal");
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
