package dev.keyturn.worker.journal;

import org.jspecify.annotations.Nullable;

/**
 * What the journal has at one position.
 *
 * @param once whether it must not be done twice
 * @param done whether it was finished
 * @param sealed what a finished step returned
 */
public record Entry(
        int position, Kind kind, String name, boolean once, boolean done, @Nullable String sealed) {

    /** What a run does one after another. */
    public enum Kind {
        STEP,
        WAIT
    }

    @Override
    public String toString() {
        return "Entry[" + position + ", " + kind + " " + name + "]";
    }
}
