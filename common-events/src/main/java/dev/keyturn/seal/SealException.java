package dev.keyturn.seal;

/**
 * Something sealed was refused. The message names the thing and what was expected, never what is
 * inside.
 */
public final class SealException extends Exception {

    private static final long serialVersionUID = 1L;

    public SealException(String message) {
        super(message);
    }
}
