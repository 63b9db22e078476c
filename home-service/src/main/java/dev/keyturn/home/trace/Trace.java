package dev.keyturn.home.trace;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.SecureRandom;

/**
 * The trace of the request at hand: the client's own, else a new one. Whatever the request sends
 * carries it, so that a run can be followed from here to its worker and back.
 */
@RequestScoped
public class Trace {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String parent;

    Trace(HttpHeaders headers) {
        this.parent = Traceparent.of(headers.getHeaderString("traceparent")).orElseGet(Trace::next);
    }

    /** As the header {@code traceparent} has it. */
    public String parent() {
        return parent;
    }

    private static String next() {
        byte[] trace = new byte[16];
        byte[] parent = new byte[8];
        RANDOM.nextBytes(trace);
        RANDOM.nextBytes(parent);
        return Traceparent.of(trace, parent);
    }
}
