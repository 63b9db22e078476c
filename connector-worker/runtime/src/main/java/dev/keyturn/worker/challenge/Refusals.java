package dev.keyturn.worker.challenge;

/** How many unusable codes a run may get before each counts like one that the site refused. */
public final class Refusals {

    private static final int FREE = 5;

    private Refusals() {}

    /** Whether the {@code number}-th code of a run that the worker refused counts as wrong. */
    public static boolean counts(int number) {
        return number > FREE;
    }
}
