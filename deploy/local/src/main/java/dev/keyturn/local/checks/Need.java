package dev.keyturn.local.checks;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a test may need beside the checkout; it says so when it is skipped. */
public enum Need {
    BROWSER("browser", "chromium"),
    KEYCLOAK("keycloak", "keycloak"),
    DOCKER("docker", "docker");

    private final String word;
    private final String alias;

    Need(String word, String alias) {
        this.word = word;
        this.alias = alias;
    }

    public String word() {
        return word;
    }

    public static Optional<Need> byWord(String word) {
        return Stream.of(values()).filter(need -> need.word.equals(word)).findFirst();
    }

    /** Whether this was missing, by what a skipped test says. */
    boolean isMissing(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        return lower.contains(word) || lower.contains(alias);
    }
}
