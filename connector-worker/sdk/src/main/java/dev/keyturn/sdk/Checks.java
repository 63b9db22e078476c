package dev.keyturn.sdk;

/** Argument checks that name the thing, the value and what was expected. */
final class Checks {

    private Checks() {}

    static void notBlank(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " is blank");
        }
    }

    static void that(boolean holds, String what, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(what + "=" + value + ": must be " + expected);
        }
    }
}
