package dev.keyturn.local.signin;

import dev.keyturn.local.api.Challenge;
import org.jspecify.annotations.Nullable;

/** Whether a typed code has the form that the site expects; spaces and hyphens do not count. */
final class CodeForm {

    /** No longer code can be sealed, whatever the site expects. */
    static final int LONGEST = 256;

    private CodeForm() {}

    static boolean canBeSealed(String code) {
        return !code.isEmpty() && code.length() <= LONGEST;
    }

    static boolean fits(Challenge.@Nullable Format format, String code) {
        if (!canBeSealed(code)) {
            return false;
        }
        if (format == null) {
            return true;
        }
        if (!"DIGITS".equals(format.kind())) {
            return format.maxLength() == null || code.length() <= format.maxLength();
        }
        String digits = code.replaceAll("[\\s-]", "");
        return digits.matches("[0-9]+")
                && (format.length() == null || digits.length() == format.length())
                && (format.maxLength() == null || digits.length() <= format.maxLength());
    }
}
