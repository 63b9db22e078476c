package dev.keyturn.systemtests.scan;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/**
 * A secret that is looked for.
 *
 * @param name what it is, for whoever reads of a hit
 * @param isNumber whether it is so short and plain that other numbers hold it by chance: then only
 *     a number of its own counts
 */
public record Needle(String name, String text, boolean isNumber) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET =
            "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int SIDE = 12;

    /** How many characters of a long one are looked for alone: somebody may have cut it off. */
    static final int BEGINNING = SIDE;

    /** Any text, with what has to be escaped here or there. */
    public static Needle text(String name) {
        return of(name, "+/=???~~~\"\\ä &");
    }

    /** What may stand in a cookie, or in an address. */
    public static Needle token(String name) {
        return of(name, "+???~~~");
    }

    /** Letters and digits. */
    public static Needle plain(String name) {
        return of(name, "");
    }

    /** A code of digits, which a site has made. */
    public static Needle number(String name, String digits) {
        return new Needle(name, digits, true);
    }

    private static Needle of(String name, String middle) {
        return new Needle(name, side() + middle + side(), false);
    }

    private static String side() {
        return RANDOM.ints(SIDE, 0, ALPHABET.length())
                .mapToObj(i -> ALPHABET.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return name;
    }
}
