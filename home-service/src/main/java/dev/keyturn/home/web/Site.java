package dev.keyturn.home.web;

import dev.keyturn.home.config.HomeConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Locale;

/** Under which address people have Home; from {@code keyturn.home.base-url}. */
@ApplicationScoped
public class Site {

    private final URI base;

    public Site(HomeConfig config) {
        this.base = parse(config.baseUrl());
    }

    /** Is made at the start, which a wrong address stops. */
    void onStart(@Observes @Priority(0) StartupEvent event) {}

    /** Without a slash at its end; also the only {@code Origin} that may change something. */
    public String baseUrl() {
        return base.toString();
    }

    /** Whether it is reached by TLS. */
    public boolean isTls() {
        return base.getScheme().equals("https");
    }

    /** The port, also where the address leaves it out. */
    public int port() {
        return base.getPort() > 0 ? base.getPort() : isTls() ? 443 : 80;
    }

    /** Whether a {@code Host} header names this site. */
    boolean isHost(String host) {
        return host.equals(base.getAuthority()) || host.equals(base.getHost() + ":" + port());
    }

    private static URI parse(String text) {
        try {
            URI uri = URI.create(text.replaceFirst("/+$", "").toLowerCase(Locale.ROOT));
            if (uri.getHost() != null
                    && uri.getScheme().matches("https?")
                    && (uri.getPath() == null || uri.getPath().isEmpty())) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Refused below, like every other text that is no such address.
        }
        throw new IllegalStateException(
                "keyturn.home.base-url=" + text + ": must be http(s)://HOST[:PORT] without a path");
    }
}
