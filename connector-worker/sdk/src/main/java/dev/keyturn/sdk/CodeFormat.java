package dev.keyturn.sdk;

/**
 * What a code looks like; checked in the popup before anything is sent, and again by the worker
 * before the site is asked.
 *
 * @param kind digits only, or any text
 * @param length exact number of characters, 0 if it is not known
 * @param maxLength greatest number of characters, 1 to {@value #LONGEST}
 */
public record CodeFormat(Kind kind, int length, int maxLength) {

    /** No code is longer than this. */
    public static final int LONGEST = 256;

    /** Any text. */
    public static final CodeFormat ANY = new CodeFormat(Kind.TEXT, 0, LONGEST);

    /** Which characters. */
    public enum Kind {
        /** 0 to 9; spaces and hyphens that are typed between them do not count. */
        DIGITS,
        /** Anything that can be typed. */
        TEXT
    }

    public CodeFormat {
        Checks.that(length >= 0 && length <= LONGEST, "length", length, "0 to " + LONGEST);
        Checks.that(
                maxLength >= 1 && maxLength <= LONGEST, "maxLength", maxLength, "1 to " + LONGEST);
    }

    /** So many digits. */
    public static CodeFormat digits(int length) {
        return new CodeFormat(Kind.DIGITS, length, length == 0 ? LONGEST : length);
    }

    /** Any text of at most so many characters. */
    public static CodeFormat text(int maxLength) {
        return new CodeFormat(Kind.TEXT, 0, maxLength);
    }

    /** What was typed, trimmed, and without spaces and hyphens where digits are expected. */
    public String clean(String typed) {
        String trimmed = typed.strip();
        return kind == Kind.DIGITS ? trimmed.replaceAll("[\\s\\p{Pd}\\u00a0]", "") : trimmed;
    }

    /** Whether a {@linkplain #clean cleaned} code fits. */
    public boolean accepts(String code) {
        boolean fits =
                length > 0
                        ? code.length() == length
                        : !code.isEmpty() && code.length() <= maxLength;
        return fits && (kind == Kind.TEXT || code.chars().allMatch(c -> c >= '0' && c <= '9'));
    }
}
