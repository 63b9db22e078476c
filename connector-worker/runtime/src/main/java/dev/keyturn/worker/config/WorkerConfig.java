package dev.keyturn.worker.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operator can set for a worker: {@code keyturn.worker.*}. */
@ConfigMapping(prefix = "keyturn.worker")
public interface WorkerConfig {

    /** The folder whose {@code *.jar} files hold the connectors. Read once, at the start. */
    Path connectorsFolder();

    /**
     * How many connectors work at the same time, 1 to 1000. Runs that wait for a person do not
     * count. More of them use more memory (each may hold a page of 10 MB) and more of the machine;
     * fewer let runs queue.
     */
    @WithDefault("4")
    int slots();

    /**
     * How many runs may wait for a person in this worker before it takes no new ones, 1 to 100000.
     * All of them may come back at the same moment.
     */
    @WithDefault("1000")
    int maxWaiting();

    /**
     * How long a lease lasts without being renewed, 2 s to 5 min. A shorter one ends a dead
     * worker's runs sooner, a longer one forgives longer pauses of the process.
     */
    @WithDefault("9s")
    Duration lease();

    /** How often the lease is renewed, 200 ms up to a third of the lease. */
    @WithDefault("2s")
    Duration heartbeat();

    /** How long running steps get to finish when the worker is stopped, 0 s to 60 s. */
    @WithDefault("8s")
    Duration stopWithin();

    /**
     * Networks in CIDR notation that connectors may reach although they are private, loopback or
     * link-local. Empty in production.
     */
    Optional<List<String>> allowedNetworks();

    /** Whether connectors may talk without TLS. False in production. */
    @WithDefault("false")
    boolean allowPlainHttp();

    /** Settings for a connector, by its slug: {@code keyturn.worker.connector.SLUG.KEY}. */
    Map<String, Map<String, String>> connector();
}
