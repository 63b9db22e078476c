package dev.keyturn.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * The kind of second factor that a site asks for.
 *
 * @param text the value as it came; one that is unknown here is kept and read as {@code OTHER}
 */
public record FactorType(@JsonValue String text) {

    public static final FactorType EMAIL = new FactorType("EMAIL");
    public static final FactorType SMS = new FactorType("SMS");
    public static final FactorType APP_CODE = new FactorType("APP_CODE");
    public static final FactorType RECOVERY_CODE = new FactorType("RECOVERY_CODE");
    public static final FactorType SECURITY_QUESTION = new FactorType("SECURITY_QUESTION");
    public static final FactorType CHOICE = new FactorType("CHOICE");
    public static final FactorType APPROVAL = new FactorType("APPROVAL");

    /** The values that this version knows. */
    public enum Kind {
        EMAIL,
        SMS,
        APP_CODE,
        RECOVERY_CODE,
        SECURITY_QUESTION,
        CHOICE,
        APPROVAL,
        /** A value that a newer version wrote. */
        OTHER
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FactorType {
        Objects.requireNonNull(text, "FactorType");
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
