package dev.keyturn.sandbox.web;

import dev.keyturn.sandbox.code.Codes;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** What nobody can guess. */
public final class Tokens {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;
    private static final int CODES = 1_000_000;

    private Tokens() {}

    /** A name for a session or a visit. */
    public static String next() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A code of {@link Codes#DIGITS} digits. */
    public static String digits() {
        return String.format(Locale.ROOT, "%06d", RANDOM.nextInt(CODES));
    }
}
