package dev.keyturn.sdk;

/**
 * The run does not go on here: it was cancelled, its worker stops, or another worker has it. Thrown
 * by any method of the SDK, never by a connector, and not to be caught: an {@link Error}, so that
 * {@code catch (Exception e)} lets it pass. {@code finally} blocks must not talk to the site.
 */
public final class RunStopped extends Error {

    /** For the runtime: why the run stands. */
    public RunStopped(String why) {
        super(why);
    }
}
