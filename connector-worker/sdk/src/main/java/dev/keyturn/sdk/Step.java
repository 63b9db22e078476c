package dev.keyturn.sdk;

import java.util.function.Supplier;

/** A step that has a name and is about to be run; see {@link Login#step(String)}. */
public interface Step {

    /**
     * The step must not be done twice, even where it is unknown whether it was done (it makes the
     * site send a message, say). If the worker dies in the middle of it, the run ends with {@link
     * Reason#INTERRUPTED} instead of being repeated. A step in which a code is revealed is so by
     * itself.
     */
    Step once();

    /**
     * Does the step, or returns what it returned.
     *
     * @param type what the body returns: {@link Page}, or something that can be written as JSON and
     *     read again: a string, a boolean, a number, a record of such, or an array of them
     * @throws ConnectorFailure what the body throws; it is not remembered
     */
    <T> T run(Class<T> type, Supplier<T> body);

    /** Does a step that has no result. */
    default void run(Runnable body) {
        boolean _ =
                run(
                        Boolean.class,
                        () -> {
                            body.run();
                            return true;
                        });
    }
}
