package dev.keyturn.home.login;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose request it is. */
@RequestScoped
public class Me {

    private final SecurityIdentity identity;

    Me(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The user. */
    public User user() {
        return user(identity);
    }

    /** Whether it came with the launcher's token. */
    public boolean isLauncher() {
        return identity.hasRole(LoginMechanism.LAUNCHER);
    }

    /** The user of an identity that was let in, where there is no request to inject it from. */
    public static User user(SecurityIdentity identity) {
        String name = identity.getAttribute(LoginMechanism.USER_NAME);
        return new User(
                UUID.fromString(identity.getPrincipal().getName()), Objects.requireNonNull(name));
    }

    /** The session of an identity; none of the launcher's. */
    public static Optional<Sessions.Session> session(SecurityIdentity identity) {
        Sessions.@Nullable Session session = identity.getAttribute(LoginMechanism.SESSION);
        return Optional.ofNullable(session);
    }

    /** The browser's session; none if it came with the launcher's token. */
    public Optional<Sessions.Session> session() {
        return session(identity);
    }
}
