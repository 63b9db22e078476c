package dev.keyturn.home.status;

/**
 * What a fact made of a run.
 *
 * @param status the run after it
 * @param effect whether the fact counted
 */
public record Folded(RunStatus status, Effect effect) {

    /** Whether a fact counted. Each is shown on the timeline. */
    public enum Effect {
        APPLIED,
        /** It came after the run's end and changed nothing. */
        AFTER_THE_END,
        /** A worker wrote it that had lost the run: an alarm, and it changed nothing. */
        OLDER_EPOCH
    }
}
