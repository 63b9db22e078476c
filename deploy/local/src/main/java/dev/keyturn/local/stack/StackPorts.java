package dev.keyturn.local.stack;

import dev.keyturn.local.terminal.WrongUse;

/**
 * The ports of one stack, all on loopback.
 *
 * @param base the first of them, {@code KEYTURN_PORT_BASE}; 1024 to 65000
 */
public record StackPorts(int base) {

    public static final int DEFAULT_BASE = 7700;
    public static final int MAX_WORKERS = 50;

    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65_000;

    public StackPorts {
        if (base < LOWEST || base > HIGHEST) {
            throw outOfRange(String.valueOf(base));
        }
    }

    static StackPorts parse(String text) {
        try {
            return new StackPorts(Integer.parseInt(text.strip()));
        } catch (NumberFormatException _) {
            throw outOfRange(text);
        }
    }

    private static WrongUse outOfRange(String found) {
        return new WrongUse(
                "KEYTURN_PORT_BASE=%s: must be a number from %d to %d"
                        .formatted(found, LOWEST, HIGHEST));
    }

    public int home() {
        return base;
    }

    public int sandbox() {
        return base + 1;
    }

    public int kafka() {
        return base + 2;
    }

    public int controller() {
        return base + 3;
    }

    public int postgres() {
        return base + 4;
    }

    public int homeManagement() {
        return base + 10;
    }

    public int twofaManagement() {
        return base + 11;
    }

    /** Of the home-service of this number, from 1 to 3. */
    public int home(int number) {
        return number == 1 ? home() : base + 1 + 2 * number;
    }

    int homeManagement(int number) {
        return number == 1 ? homeManagement() : base + 2 + 2 * number;
    }

    /** Of the twofa-service of this number, from 1 to 8. */
    int twofaManagement(int number) {
        return number == 1 ? twofaManagement() : base + 11 + number;
    }

    public int sandboxManagement() {
        return base + 12;
    }

    /** Of the worker of this number, from 1. */
    public int workerManagement(int number) {
        return base + 19 + number;
    }
}
