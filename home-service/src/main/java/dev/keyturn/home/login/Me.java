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

    /** The user's id. */
    public UUID id() {
        return UUID.fromString(identity.getPrincipal().getName());
    }

    /** The user's name. */
    public String name() {
        String name = identity.getAttribute(LoginMechanism.USER_NAME);
        return Objects.requireNonNull(name);
    }

    /** The user. */
    public User user() {
        return new User(id(), name());
    }

    /** The browser's session; none if it came with the launcher's token. */
    public Optional<Sessions.Session> session() {
        Sessions.@Nullable Session session = identity.getAttribute(LoginMechanism.SESSION);
        return Optional.ofNullable(session);
    }
}
