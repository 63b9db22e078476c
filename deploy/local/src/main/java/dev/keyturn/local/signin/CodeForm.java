package dev.keyturn.local.signin;

import dev.keyturn.local.api.Challenge;

/** Whether a typed code has the form that the site expects; spaces and hyphens do not count. */
final class CodeForm {

    private static final int LONGEST = 256;

    private CodeForm() {}

    static boolean fits(Challenge.Format format, String code) {
        if (code.isEmpty() || code.length() > LONGEST) {
            return false;
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
