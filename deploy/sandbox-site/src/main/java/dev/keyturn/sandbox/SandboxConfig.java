package dev.keyturn.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What can be set, under {@code keyturn.sandbox}. */
@ConfigMapping(prefix = "keyturn.sandbox")
public interface SandboxConfig {
    /**
     * Folder for sessions and locks, made if it is not there. Without it they end with the process.
     */
    Optional<Path> data();

    /** How long the code of a message is good for. Between 1 s and 1 h. */
    @WithDefault("5M")
    Duration codeLife();

    /** How long after a message another one may be asked for. Between 0 s and 1 h. */
    @WithDefault("10S")
    Duration resendAfter();

    /** Wrong codes that lock a user. Between 1 and 1,000. */
    @WithDefault("5")
    int wrongCodes();

    /** How long a user is locked. Between 1 s and 1 day. */
    @WithDefault("60S")
    Duration lock();

    /** How long a sign-in that was begun can be finished. Between 1 s and 1 day. */
    @WithDefault("30M")
    Duration signInLife();

    /**
     * How long a session lasts. Between 1 s and 400 days, the longest that browsers keep cookies.
     */
    @WithDefault("30D")
    Duration sessionLife();

    /** How long {@code trap-slow} waits for the statements. Between 0 s and 10 min. */
    @WithDefault("20S")
    Duration slow();

    /** Entries kept in the log, each of some 150 bytes of memory. Between 1 and 1,000,000. */
    @WithDefault("200000")
    int logSize();
}
