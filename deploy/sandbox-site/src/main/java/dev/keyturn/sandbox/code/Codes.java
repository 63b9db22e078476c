package dev.keyturn.sandbox.code;

/** Where the code of a message comes from. */
@FunctionalInterface
public interface Codes {
    /** How many digits a code has. */
    int DIGITS = 6;

    /** A new code of {@value #DIGITS} digits. */
    String next();
}
