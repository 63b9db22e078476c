package dev.keyturn.seal;

import java.util.Objects;

/** A text that is not to be seen: prints as {@code ***}. */
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
