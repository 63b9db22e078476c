package dev.keyturn.home.web;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether what came is what was asked for. */
public final class Checks {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String UUID_EXPECTED = "must be a UUID, 8-4-4-4-12 hex digits";
    private static final int LABEL = 100;

    private Checks() {}

    /** A field that must be there. */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw Problem.badRequest(field, "must be there");
        }
        return value;
    }

    /** A text that must be there, of what can be seen. */
    public static String text(String field, @Nullable String value) {
        String text = required(field, value);
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw Problem.badRequest(field, shown(text), "must have no control characters");
        }
        return text;
    }

    /** A UUID in its usual form, 8-4-4-4-12 hex digits. */
    public static UUID uuid(String field, @Nullable String value) {
        String text = required(field, value);
        if (!UUID_FORM.matcher(text).matches()) {
            throw Problem.badRequest(field, shown(text), UUID_EXPECTED);
        }
        return UUID.fromString(text.toLowerCase(Locale.ROOT));
    }

    /** The same beside a secret: clients mix fields up, so the error does not show the value. */
    static UUID uuidUnseen(String field, @Nullable String value) {
        String text = required(field, value);
        if (!UUID_FORM.matcher(text).matches()) {
            throw Problem.badRequest(field, UUID_EXPECTED);
        }
        return UUID.fromString(text.toLowerCase(Locale.ROOT));
    }

    /** An id in an address: one that has not the form is as unknown as any other. */
    public static UUID known(String what, String value) {
        if (!UUID_FORM.matcher(value).matches()) {
            throw Problem.notFound(what, shown(value));
        }
        return UUID.fromString(value.toLowerCase(Locale.ROOT));
    }

    /** An account's label: 1 to 100 characters, no control characters, no blanks around. */
    public static String label(@Nullable String value) {
        String label = required("label", value).strip();
        int length = label.codePointCount(0, label.length());
        if (length < 1 || length > LABEL) {
            throw Problem.badRequest(
                    "label", shown(label), "must be 1 to " + LABEL + " characters");
        }
        if (label.codePoints().anyMatch(Character::isISOControl)) {
            throw Problem.badRequest("label", "must have no control characters");
        }
        return label;
    }

    /** What a person can read of a value that may be long. */
    public static String shown(String value) {
        String clean = value.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 120 ? clean : clean.substring(0, 120) + "…";
    }
}
