package dev.keyturn.simulator.fibers;

/**
 * What is thrown in the threads of a process that was killed: an error, so that nothing goes on.
 */
public final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    public Killed(String process) {
        super(process, null, false, false);
    }
}
