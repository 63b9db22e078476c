package dev.keyturn.twofa.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What can be set, beside broker and database. */
@ConfigMapping(prefix = "keyturn.twofa")
public interface TwofaConfig {

    /**
     * How long after a deadline its expiry is sent, 0s to 10s. Longer gives a slow broker more time
     * to take a code that was entered in time; the person waits as much longer to be told.
     */
    @WithDefault("1s")
    Duration expiryGrace();

    /** How often deadlines are looked at, 50ms to 10s: by so much an expiry can be late. */
    @WithDefault("500ms")
    Duration sweepInterval();

    /**
     * How long ended challenges and verdicts are kept, 25h to 30d. Longer than the command topic's
     * retention with its last segment, so that no record that is read again opens a challenge anew.
     */
    @WithDefault("2d")
    Duration retention();

    /** How often what is older is deleted, 1s to 1d. */
    @WithDefault("10m")
    Duration retentionInterval();
}
