package dev.keyturn.sandbox.users;

/** Text as only a hostile or broken site writes it. */
public final class NastyText {
    private static final String BEFORE =
            "\u001b[31m\u001b]0;owned\u0007<script>alert(1)</script><b>\"'&amp;\r\n\t\u0008\u007f";
    private static final String AFTER =
            "\u202e\u2066gnp.exe\u0085\u2028\u200b{{7*7}}${7*7}../../etc/passwd"
                    + "W".repeat(3_000)
                    + "\u001b[2J";

    private NastyText() {}

    /** The given words, still to be found among all that must not be shown as it is. */
    public static String in(String words) {
        return BEFORE + words + AFTER;
    }
}
