package dev.keyturn.worker.http;

import org.jspecify.annotations.Nullable;

/** Opens sessions; one of these serves all runs of a worker. */
public interface HttpSessions extends AutoCloseable {

    /**
     * A session for one run. Sends nothing yet.
     *
     * @param hosts where it may go
     * @param keptJar what {@link HttpSession#exportJar()} gave in an earlier run, or null
     * @param gate asked before each request
     * @throws IllegalArgumentException if the jar is none that was exported
     */
    HttpSession open(HostRules hosts, byte @Nullable [] keptJar, RequestGate gate);

    /** Ends all connections. */
    @Override
    void close();
}
