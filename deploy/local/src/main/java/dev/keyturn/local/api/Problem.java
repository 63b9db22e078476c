package dev.keyturn.local.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyturn.wire.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was wrong, as RFC 9457 says it. */
public record Problem(
        @Nullable String title,
        int status,
        @Nullable String detail,
        @Nullable String field,
        @Nullable String verdict,
        @Nullable UUID runId) {

    static Problem parse(int status, String body) {
        try {
            Problem problem = Json.mapper().readValue(body, Problem.class);
            if (problem != null) {
                return problem;
            }
        } catch (JsonProcessingException _) {
            // Some answers have no body, or one of a proxy: the status says enough.
        }
        return new Problem(null, status, null, null, null, null);
    }

    /** In one line. */
    public String line() {
        String what = detail != null ? detail : title;
        String text = what == null ? "Home answered " + status : what;
        return field == null || text.contains(field) ? text : field + ": " + text;
    }
}
