package dev.keyturn.worker.execution;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.values.Reason;
import dev.keyturn.worker.challenge.SiteText;
import dev.keyturn.worker.run.Ending;
import dev.keyturn.worker.run.Run;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a connector threw, as the person and the operator get it. What an exception says may hold
 * anything, a password too: of one that nobody expected only the kind and the place are logged.
 */
final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final int FRAMES = 30;

    private Failures() {}

    /**
     * @param masking for what the person reads
     */
    static Ending.Failed of(Run run, ConnectorFailure failure, UnaryOperator<String> masking) {
        Reason reason = new Reason(failure.reason().code());
        String words =
                failure.siteWords()
                        .or(() -> Optional.of(failure.detail()))
                        .map(masking)
                        .map(text -> SiteText.limited(text, SiteText.WORDS))
                        .filter(text -> !text.isEmpty() && !text.equals(reason.text()))
                        .orElse(null);
        @Nullable String correlationId = reason.is(Reason.UNKNOWN_ERROR) ? log(run, failure) : null;
        return new Ending.Failed(reason, words, correlationId, failure.until().orElse(null));
    }

    static Ending.Failed of(Run run, Throwable uncaught) {
        return new Ending.Failed(Reason.UNKNOWN_ERROR, null, log(run, uncaught), null);
    }

    private static String log(Run run, Throwable failure) {
        String correlationId = UUID.randomUUID().toString();
        LOG.errorf(
                "A connector failed: runId=%s connector=%s correlationId=%s%n%s",
                run.id(), run.connector(), correlationId, withoutMessages(failure));
        return correlationId;
    }

    /** Kinds and places of an exception and its causes. */
    static String withoutMessages(Throwable failure) {
        StringBuilder text = new StringBuilder();
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 5; depth++) {
            text.append(depth == 0 ? "" : "Caused by: ").append(cause.getClass().getName());
            StackTraceElement[] trace = cause.getStackTrace();
            for (int i = 0; i < Math.min(trace.length, FRAMES); i++) {
                text.append(System.lineSeparator()).append("    at ").append(trace[i]);
            }
            text.append(System.lineSeparator());
            cause = cause.getCause();
        }
        return text.toString();
    }
}
