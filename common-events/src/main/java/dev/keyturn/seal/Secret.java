package dev.keyturn.seal;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Objects;

/** A text that is not to be seen: prints as {@code ***}. */
@JsonSerialize(using = NeverWritten.class)
public final class Secret {

    private final String text;

    public Secret(String text) {
        this.text = Objects.requireNonNull(text, "secret");
    }

    /** The text itself. Call it where it is used and do not keep the result. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
