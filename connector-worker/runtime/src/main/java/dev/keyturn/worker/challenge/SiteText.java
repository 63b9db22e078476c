package dev.keyturn.worker.challenge;

import java.util.Optional;

/** Text of a site: untrusted, so without control characters and of limited length. */
public final class SiteText {

    /** Greatest length of a sentence. */
    public static final int WORDS = 500;

    /** Greatest length of a label, a name or a destination. */
    public static final int LABEL = 120;

    private SiteText() {}

    /** The text as it may be passed on; empty if nothing is left of it. */
    public static Optional<String> limited(Optional<String> text, int longest) {
        return text.map(t -> limited(t, longest)).filter(t -> !t.isEmpty());
    }

    /** The text as it may be passed on. */
    public static String limited(String text, int longest) {
        String clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
        return clean.codePointCount(0, clean.length()) <= longest
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, longest - 1)) + "…";
    }
}
