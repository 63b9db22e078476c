package dev.keyturn.twofa.challenge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Instants as precise as a database keeps them, so that one that was stored equals itself. */
final class Times {

    private Times() {}

    static Instant ofDatabase(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    static @Nullable Instant ofDatabaseOrNull(@Nullable Instant at) {
        return at == null ? null : ofDatabase(at);
    }
}
