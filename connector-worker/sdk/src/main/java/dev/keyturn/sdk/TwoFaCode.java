package dev.keyturn.sdk;

/** The code that a person typed. Never prints itself. */
public abstract class TwoFaCode {

    /** For the runtime. */
    protected TwoFaCode() {}

    /**
     * The code itself, trimmed; spaces and hyphens inside are dropped where digits are expected. Of
     * a {@link TwoFaType#CHOICE} it is the id of what was chosen.
     *
     * <p>Call it inside the {@link Login#step} that sends it to the site, which thereby is done
     * {@link Step#once() once}. A code that was revealed is never used again: if the worker dies
     * before that step is finished, the run ends with {@link Reason#INTERRUPTED}.
     */
    public final String reveal() {
        return open();
    }

    /** Notes that the code is now used, and opens it. */
    protected abstract String open();

    @Override
    public final String toString() {
        return "TwoFaCode[redacted]";
    }
}
