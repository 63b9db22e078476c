package dev.keyturn.home.login;

import dev.keyturn.home.web.Problem;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Knows a browser by its session cookie, and the launcher by its token. */
@ApplicationScoped
public class LoginMechanism implements HttpAuthenticationMechanism {

    /** The role of who came with the launcher's token. */
    public static final String LAUNCHER = "launcher";

    static final String USER_NAME = "name";
    static final String SESSION = "session";

    private static final String BEARER = "Bearer ";
    private static final String ON_BEHALF_OF = "Keyturn-User";

    private final SessionCookie cookie;
    private final Sessions sessions;
    private final Users users;
    private final LauncherToken launcher;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

    LoginMechanism(SessionCookie cookie, Sessions sessions, Users users, LauncherToken launcher) {
        this.cookie = cookie;
        this.sessions = sessions;
        this.users = users;
        this.launcher = launcher;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager identityProviderManager) {
        @Nullable String authorization = context.request().getHeader("Authorization");
        if (authorization != null) {
            @Nullable String user = context.request().getHeader(ON_BEHALF_OF);
            return blocking(() -> byToken(authorization, user));
        }
        Optional<String> token = cookie.read(context.request());
        return token.isEmpty()
                ? Uni.createFrom().optional(Optional.<SecurityIdentity>empty())
                : blocking(
                        () ->
                                sessions.find(token.get())
                                        .map(LoginMechanism::identity)
                                        .orElse(null));
    }

    private @Nullable SecurityIdentity byToken(String authorization, @Nullable String user) {
        if (!authorization.startsWith(BEARER)
                || !launcher.is(authorization.substring(BEARER.length()).strip())) {
            throw new AuthenticationFailedException("The bearer token must be the launcher's");
        }
        String name = Objects.requireNonNullElse(user, Users.ME);
        if (!Users.isName(name)) {
            throw new AuthenticationFailedException(
                    ON_BEHALF_OF + ": must be the name of a local user");
        }
        return builder(users.named(name)).addRole(LAUNCHER).build();
    }

    private static SecurityIdentity identity(Sessions.Session session) {
        return builder(session.user()).addAttribute(SESSION, session).build();
    }

    private static QuarkusSecurityIdentity.Builder builder(User user) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(user.id().toString()))
                .addAttribute(USER_NAME, user.name());
    }

    private Uni<SecurityIdentity> blocking(Supplier<@Nullable SecurityIdentity> work) {
        Context request = Objects.requireNonNull(Vertx.currentContext(), "a request's context");
        return Uni.createFrom()
                .<SecurityIdentity>item(work)
                .runSubscriptionOn(threads)
                // What follows finds the request's own beans only there.
                .emitOn(task -> request.runOnContext(_ -> task.run()));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(HttpResponseStatus.UNAUTHORIZED.code(), null, null));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (!context.response().ended()) {
            Problem problem =
                    new Problem(401, "Not signed in", "This needs a session or a bearer token");
            context.response()
                    .setStatusCode(problem.status())
                    .putHeader("Content-Type", "application/problem+json")
                    .end(new JsonObject(problem.body()).encode());
        }
        return Uni.createFrom().item(true);
    }
}
