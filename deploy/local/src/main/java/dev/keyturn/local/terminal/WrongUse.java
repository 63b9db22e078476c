package dev.keyturn.local.terminal;

/** The command cannot be done as it was given; the line says what was expected. */
public final class WrongUse extends RuntimeException {

    public WrongUse(String line) {
        super(line);
    }
}
