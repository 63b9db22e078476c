package dev.keyturn.home.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request is refused: RFC 9457. Its texts name the thing, the value and what was expected; never
 * a secret.
 */
public final class Problem extends RuntimeException {

    /** The media type of its body. */
    static final String TYPE = "application/problem+json";

    /** In how many seconds what is away may be asked for again. */
    static final String RETRY_AFTER = "2";

    private static final String TOO_MANY = "Too many requests";

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final int status;
    private final String title;
    private final @Nullable String retryAfter;
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    public Problem(int status, String title, String detail) {
        this(status, title, detail, null);
    }

    private Problem(int status, String title, String detail, @Nullable String retryAfter) {
        super(detail);
        this.status = status;
        this.title = title;
        this.retryAfter = retryAfter;
    }

    /** 400 for a field whose value may be shown. */
    public static Problem badRequest(String field, String value, String expected) {
        String shown = shown(value);
        return new Problem(400, "Bad request", field + "=" + shown + ": " + expected)
                .with("field", field)
                .with("value", shown);
    }

    /** 400 for a field whose value is absent or may not be shown. */
    public static Problem badRequest(String field, String expected) {
        return new Problem(400, "Bad request", field + ": " + expected).with("field", field);
    }

    /** 404, for what is not there as for what is somebody else's. */
    public static Problem notFound(String thing, Object id) {
        String shown = shown(String.valueOf(id));
        return new Problem(404, "Not found", thing + "=" + shown + ": must be one of yours")
                .with("field", thing)
                .with("value", shown);
    }

    /** 409, for what is as it should be, but not now. */
    public static Problem conflict(String thing, String why) {
        return new Problem(409, "Conflict", thing + ": " + why).with("field", thing);
    }

    /** 409, for an account that has a run already. */
    public static Problem openRun(UUID run) {
        return new Problem(409, "Conflict", "account: must have no open run, has " + run)
                .with("runId", run);
    }

    /** 429, for what was asked too often. */
    public static Problem tooMany(String thing, String expected, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Problem(429, TOO_MANY, thing + ": " + expected, String.valueOf(seconds))
                .with("field", thing);
    }

    /** 503, for what cannot be done while the database is away. */
    public static Problem databaseAway() {
        return unavailable("database: cannot be reached; try again in a moment");
    }

    /** 503, for what the broker has not acknowledged. */
    public static Problem brokerAway() {
        return unavailable("broker: did not take it in time; sending the same again is harmless");
    }

    private static Problem unavailable(String detail) {
        return new Problem(503, "Service unavailable", detail, RETRY_AFTER);
    }

    /** With one more member. */
    public Problem with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    public int status() {
        return status;
    }

    /** In how many seconds it may be asked for again, where that is known. */
    public Optional<String> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The body. */
    public Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("detail", String.valueOf(getMessage()));
        body.putAll(members);
        return body;
    }

    private static String shown(String value) {
        String visible = value.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= SHOWN ? visible : visible.substring(0, SHOWN) + "…";
    }
}
