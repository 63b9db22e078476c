package dev.keyturn.systemtests;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/**
 * How long a test waits for what must come: much longer than it takes, since a slow machine is no
 * defect. What a test promises about time, it measures.
 */
final class Patience {

    static final Duration LONG = Duration.ofSeconds(90);

    /** The same for the browser, which counts milliseconds. */
    static final double LONG_MILLIS = LONG.toMillis();

    private Patience() {}

    static ConditionFactory awaiting(String what) {
        return await(what).atMost(LONG).pollInterval(Duration.ofMillis(100));
    }
}
