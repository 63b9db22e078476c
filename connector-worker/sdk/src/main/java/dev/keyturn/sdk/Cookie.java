package dev.keyturn.sdk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cookie in the session's jar. Does not print its value.
 *
 * @param domain the host that set it, or the domain that it named
 * @param hostOnly whether only that very host gets it
 * @param expires null for one that a browser would drop when it is closed
 */
public record Cookie(
        String name,
        String value,
        String domain,
        boolean hostOnly,
        String path,
        @Nullable Instant expires,
        boolean secure,
        boolean httpOnly) {

    @Override
    public String toString() {
        return "Cookie[" + name + "=…; " + domain + path + "]";
    }
}
