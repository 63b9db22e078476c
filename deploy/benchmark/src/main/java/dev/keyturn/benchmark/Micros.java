package dev.keyturn.benchmark;

import java.time.Instant;

/** The machine's clock, the same for all processes. */
final class Micros {

    private Micros() {}

    /** Microseconds since 1970. */
    static long now() {
        return of(Instant.now());
    }

    static long of(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    static double millis(long micros) {
        return micros / 1_000.0;
    }
}
