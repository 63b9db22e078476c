package dev.keyturn.worker.execution;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what the site said, or the connector: sites repeat what was typed ("482913
 * is wrong"), and authors write into a failure what they have at hand. Of an address only what may
 * be shown is left, since a token may be behind it.
 *
 * <p>A token that stands alone looks like any other word: that it is none only its connector knows.
 *
 * @param secrets the longest first, so that one within another leaves nothing of it
 */
record Masking(List<String> secrets) implements UnaryOperator<String> {

    /** Shorter than this a secret is part of ordinary words, and can be guessed anyway. */
    static final int SHORTEST = 4;

    private static final String MASK = "••••";
    private static final Pattern BEHIND_ADDRESS =
            Pattern.compile("(?i)(\\bhttps?://[^\\s?#\"'<>]*)[?#][^\\s\"'<>]*");

    static Masking of(Collection<String> secrets) {
        return new Masking(
                secrets.stream()
                        .filter(secret -> secret.length() >= SHORTEST)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    @Override
    public String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return BEHIND_ADDRESS.matcher(masked).replaceAll("$1");
    }

    @Override
    public String toString() {
        return "Masking[…]";
    }
}
