package dev.keyturn.home.status;

import dev.keyturn.values.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param reason why it failed; absent if it ended well
 * @param words the site's own, untrusted text
 * @param correlationId what an operator finds the details by
 * @param until when the account's budget frees
 */
public record RunEnd(
        Instant at,
        @Nullable Reason reason,
        @Nullable String words,
        @Nullable String correlationId,
        @Nullable Instant until) {}
