package dev.keyturn.home.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator can set for Home. */
@ConfigMapping(prefix = "keyturn.home")
public interface HomeConfig {

    /**
     * Where people reach Home: scheme, host and port, no path. Requests that name another host are
     * refused, and pages of another origin may change nothing. With {@code https} the cookie is
     * {@code Secure}.
     */
    String baseUrl();

    /** How many runs one user can have open at once: 1 to 10,000. More are refused with 429. */
    @WithDefault("100")
    int openRuns();

    /**
     * How many codes and other commands to challenges one user can send in a second to one instance
     * of Home, twice as many at once: 1 to 100,000. More are refused with 429. To one challenge it
     * is one a second, ten at once, whatever stands here.
     */
    @WithDefault("20")
    int answersPerSecond();

    /**
     * How many live streams one user can have open at one instance of Home: 1 to 10,000. All tabs
     * of a browser share one. More are refused with 429.
     */
    @WithDefault("20")
    int streams();

    /** How long a run may wait for a worker: 1 minute to 12 hours. Later it is never started. */
    @WithDefault("1h")
    Duration notAfter();

    /** How long a run may take in all: 1 minute to 12 hours. */
    @WithDefault("1h")
    Duration longest();

    /**
     * How long a submitted code's HTTP call waits for its verdict before it says {@code PENDING}:
     * 100 milliseconds to 20 seconds. Longer hides that twofa-service is away, shorter makes pages
     * ask again.
     */
    @WithDefault("5s")
    Duration verdict();

    /** How often the live stream says that it lives: 1 to 30 seconds. */
    @WithDefault("10s")
    Duration heartbeat();

    /**
     * How long a page may leave unread what the live stream sent it, before it is dropped and has
     * to connect anew: 1 second to 5 minutes. Longer holds memory for pages that have gone to
     * sleep, shorter drops those on slow lines.
     */
    @WithDefault("30s")
    Duration unread();

    /**
     * After how long a command that the log has not answered is sent again: 1 minute to 12 hours,
     * below the topic's retention.
     */
    @WithDefault("1h")
    Duration resend();
}
