package dev.keyturn.home.login;

import dev.keyturn.home.web.Site;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie of a session. Cookies do not know ports, so on loopback its name has the port in it:
 * two stacks stay signed in. On TLS the prefix {@code __Host-} makes the browser insist on what we
 * want of it.
 */
@ApplicationScoped
public class SessionCookie {

    private final Site site;

    SessionCookie(Site site) {
        this.site = site;
    }

    Optional<String> read(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(name())).map(Cookie::getValue);
    }

    NewCookie write(String token, Duration lifetime) {
        return cookie(token, Math.toIntExact(lifetime.toSeconds()));
    }

    NewCookie delete() {
        return cookie("", 0);
    }

    private NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(name())
                .value(value)
                .path("/")
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(site.isTls())
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    private String name() {
        return site.isTls() ? "__Host-keyturn" : "keyturn_" + site.port();
    }
}
