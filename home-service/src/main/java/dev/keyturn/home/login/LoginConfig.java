package dev.keyturn.home.login;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** How people sign in to Home. */
@ConfigMapping(prefix = "keyturn.home")
public interface LoginConfig {

    /**
     * The file that holds the launcher's bearer token; who can read it can sign in as any local
     * user.
     */
    Path launcherTokenFile();

    /**
     * How long a link signs in, once. From 1 minute to 1 hour: a link may be seen by whoever looks
     * over a shoulder.
     */
    @WithDefault("10m")
    Duration loginLinkLifetime();

    /**
     * How long a session lives after it was last used. From 5 minutes to 90 days: longer is more
     * comfortable on a phone, and more dangerous on a lost one.
     */
    @WithDefault("30d")
    Duration sessionLifetime();
}
