package dev.keyturn.service.send;

/**
 * The broker did not acknowledge a record in time. Nobody knows whether it has it: sending again
 * must be harmless.
 */
public final class NotSent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotSent(String topic, Throwable cause) {
        super(topic + ": the broker must acknowledge within 5 s", cause);
    }
}
