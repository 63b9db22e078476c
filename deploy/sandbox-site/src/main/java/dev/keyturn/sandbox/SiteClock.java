package dev.keyturn.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The site's time, which a test may move forward. */
public final class SiteClock {
    private final Clock clock;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    public SiteClock(Clock clock) {
        this.clock = clock;
    }

    public Instant now() {
        return clock.instant().plus(ahead.get()).truncatedTo(ChronoUnit.MILLIS);
    }

    public void forward(Duration by) {
        ahead.updateAndGet(by::plus);
    }
}
