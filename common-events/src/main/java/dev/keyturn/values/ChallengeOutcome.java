package dev.keyturn.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * Why a worker closed a challenge.
 *
 * @param text the value as it came; one that is unknown here is kept and read as {@code OTHER}
 */
public record ChallengeOutcome(@JsonValue String text) {

    public static final ChallengeOutcome APPROVED = new ChallengeOutcome("APPROVED");
    public static final ChallengeOutcome DENIED = new ChallengeOutcome("DENIED");
    public static final ChallengeOutcome SITE_EXPIRED = new ChallengeOutcome("SITE_EXPIRED");
    public static final ChallengeOutcome RUN_ENDED = new ChallengeOutcome("RUN_ENDED");

    /** The values that this version knows. */
    public enum Kind {
        APPROVED,
        DENIED,
        SITE_EXPIRED,
        RUN_ENDED,
        /** A value that a newer version wrote. */
        OTHER
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ChallengeOutcome {
        Objects.requireNonNull(text, "ChallengeOutcome");
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
