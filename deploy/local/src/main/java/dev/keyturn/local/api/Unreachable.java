package dev.keyturn.local.api;

/** Home or the sandbox site does not answer, or cannot serve at the moment. */
public final class Unreachable extends RuntimeException {

    public Unreachable(String line) {
        super(line);
    }

    public Unreachable(String line, Throwable cause) {
        super(line, cause);
    }
}
