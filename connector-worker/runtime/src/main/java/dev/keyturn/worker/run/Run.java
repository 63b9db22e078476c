package dev.keyturn.worker.run;

import dev.keyturn.values.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a connector for an account.
 *
 * @param fresh whether the kept session is left aside
 * @param notAfter from when it is not started any more
 * @param longest how long it may take from its first claim
 * @param traceparent the trace that asked for it
 */
public record Run(
        UUID id,
        UUID accountId,
        UUID ownerId,
        String connector,
        Trigger trigger,
        boolean fresh,
        Instant notAfter,
        Duration longest,
        @Nullable String traceparent,
        Standing standing) {

    /** Whether a person started it and waits for it. */
    public boolean isManual() {
        return trigger.kind() == Trigger.Kind.MANUAL;
    }
}
