package dev.keyturn.local.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A call for a person's second factor. */
public record Challenge(
        UUID id,
        UUID runId,
        String connector,
        @Nullable String connectorName,
        @Nullable String label,
        int attempt,
        int round,
        String type,
        @Nullable String destination,
        @Nullable String words,
        @Nullable Format format,
        List<Choice> choices,
        List<String> methods,
        @Nullable Instant resendFrom,
        Instant deadline,
        @Nullable Instant extendableTo,
        String state,
        @Nullable String outcome,
        @Nullable Rejected rejected,
        @Nullable Map<String, Object> jwk) {

    public Challenge {
        choices = choices == null ? List.of() : List.copyOf(choices);
        methods = methods == null ? List.of() : List.copyOf(methods);
    }

    public record Format(String kind, @Nullable Integer length, @Nullable Integer maxLength) {}

    public record Choice(String id, String label) {}

    /**
     * Why the attempt before was refused.
     *
     * @param by {@code SITE} or {@code WORKER}
     */
    public record Rejected(String by, @Nullable String why, @Nullable String words) {}

    /** Whether the site gives more time. */
    public boolean extendable() {
        return extendableTo != null && extendableTo.isAfter(deadline);
    }

    public boolean open() {
        return state.equals("OPEN");
    }
}
