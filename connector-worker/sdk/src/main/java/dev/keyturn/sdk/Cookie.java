package dev.keyturn.sdk;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A cookie in the session's jar. Prints no value, and is none that JSON writers write. */
public final class Cookie {

    private final String name;
    private final String value;
    private final String domain;
    private final boolean hostOnly;
    private final String path;
    private final @Nullable Instant expires;
    private final boolean secure;
    private final boolean httpOnly;

    /**
     * A cookie.
     *
     * @param domain the host that set it, or the domain that it named
     * @param hostOnly whether only that very host gets it
     * @param expires null for one that a browser would drop when it is closed
     */
    public Cookie(
            String name,
            String value,
            String domain,
            boolean hostOnly,
            String path,
            @Nullable Instant expires,
            boolean secure,
            boolean httpOnly) {
        this.name = Objects.requireNonNull(name, "name");
        this.value = Objects.requireNonNull(value, "value");
        this.domain = Objects.requireNonNull(domain, "domain");
        this.hostOnly = hostOnly;
        this.path = Objects.requireNonNull(path, "path");
        this.expires = expires;
        this.secure = secure;
        this.httpOnly = httpOnly;
    }

    public String name() {
        return name;
    }

    public String value() {
        return value;
    }

    /** The host that set it, or the domain that it named. */
    public String domain() {
        return domain;
    }

    /** Whether only that very host gets it. */
    public boolean hostOnly() {
        return hostOnly;
    }

    public String path() {
        return path;
    }

    /** Null for one that a browser would drop when it is closed. */
    public @Nullable Instant expires() {
        return expires;
    }

    public boolean secure() {
        return secure;
    }

    public boolean httpOnly() {
        return httpOnly;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cookie that
                && name.equals(that.name)
                && value.equals(that.value)
                && domain.equals(that.domain)
                && hostOnly == that.hostOnly
                && path.equals(that.path)
                && Objects.equals(expires, that.expires)
                && secure == that.secure
                && httpOnly == that.httpOnly;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, value, domain, hostOnly, path, expires, secure, httpOnly);
    }

    @Override
    public String toString() {
        return "Cookie[" + name + "=…; " + domain + path + "]";
    }
}
