package dev.keyturn.home.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C's Trace Context, version 00. */
final class Traceparent {

    private static final Pattern FORM =
            Pattern.compile(
                    "(?<version>[0-9a-f]{2})-(?<known>(?<trace>[0-9a-f]{32})-(?<parent>[0-9a-f]{16})"
                        + "-[0-9a-f]{2})(?<more>-.*)?");
    private static final String CURRENT = "00";
    private static final String FORBIDDEN = "ff";
    private static final String SAMPLED = "01";

    private Traceparent() {}

    /** What came, if it is valid: of a version that is newer, the part that this one knows. */
    static Optional<String> of(@Nullable String header) {
        return Optional.ofNullable(header)
                .map(text -> FORM.matcher(text.strip()))
                .filter(Traceparent::isValid)
                .map(m -> CURRENT + "-" + m.group("known"));
    }

    /**
     * A new one.
     *
     * @param trace 16 bytes
     * @param parent 8 bytes
     */
    static String of(byte[] trace, byte[] parent) {
        HexFormat hex = HexFormat.of();
        return String.join("-", CURRENT, hex.formatHex(trace), hex.formatHex(parent), SAMPLED);
    }

    private static boolean isValid(Matcher m) {
        return m.matches()
                && !m.group("version").equals(FORBIDDEN)
                && (m.group("more") == null || !m.group("version").equals(CURRENT))
                && !isZero(m.group("trace"))
                && !isZero(m.group("parent"));
    }

    private static boolean isZero(String id) {
        return id.chars().allMatch(c -> c == '0');
    }
}
