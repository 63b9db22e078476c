package dev.keyturn.sdk;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run with a typed {@link Reason}. Thrown by a connector, and by the SDK itself where its
 * methods say so; a connector may catch it where it knows better.
 */
public final class ConnectorFailure extends RuntimeException {

    private final Reason reason;
    private final @Nullable String siteWords;
    private final @Nullable Instant until;

    private ConnectorFailure(
            Reason reason,
            String detail,
            @Nullable String siteWords,
            @Nullable Instant until,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
        this.siteWords = siteWords;
        this.until = until;
    }

    /** Fails with a reason that says it all. */
    public static ConnectorFailure of(Reason reason) {
        return new ConnectorFailure(reason, reason.code(), null, null, null);
    }

    /**
     * Fails, and says in one sentence what was wrong: the thing, its value and what was expected.
     * The person may read it, so it holds no secret, and no address with its query.
     */
    public static ConnectorFailure of(Reason reason, String detail) {
        return new ConnectorFailure(reason, detail, null, null, null);
    }

    /** Fails because of something else, which goes to the operator's log only. */
    public static ConnectorFailure of(Reason reason, String detail, Throwable cause) {
        return new ConnectorFailure(reason, detail, null, null, cause);
    }

    /** Fails with the site's own words, which the person reads as the site's. */
    public static ConnectorFailure said(Reason reason, @Nullable String siteWords) {
        String words = siteWords == null || siteWords.isBlank() ? null : siteWords.strip();
        return new ConnectorFailure(reason, reason.code(), words, null, null);
    }

    /** The same failure, over at an instant that the site named: until then it is no use to try. */
    public ConnectorFailure until(Instant instant) {
        ConnectorFailure failure =
                new ConnectorFailure(reason, detail(), siteWords, instant, getCause());
        failure.setStackTrace(getStackTrace());
        return failure;
    }

    public Reason reason() {
        return reason;
    }

    /** What was wrong, in one sentence; the reason's code if there is no more to say. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What the site said: untrusted text. */
    public Optional<String> siteWords() {
        return Optional.ofNullable(siteWords);
    }

    /** When it is worth trying again, if the site said so. */
    public Optional<Instant> until() {
        return Optional.ofNullable(until);
    }
}
