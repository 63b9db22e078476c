package dev.keyturn.local.infra;

/** Why something of the local stack cannot run: one line that names the thing. */
public final class StackFailure extends RuntimeException {

    public StackFailure(String line) {
        super(line);
    }

    public StackFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
