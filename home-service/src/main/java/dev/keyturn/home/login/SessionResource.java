package dev.keyturn.home.login;

import dev.keyturn.home.web.Problem;
import dev.keyturn.home.web.Site;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Signing in to Home and out again. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SessionResource {

    /**
     * What signs in.
     *
     * @param token of a link, from its fragment
     */
    public record Login(@Nullable String token) {

        @Override
        public String toString() {
            return "Login[…]";
        }
    }

    /**
     * Who is signed in.
     *
     * @param expiresAt when the session ends if it is not used; absent for the launcher
     */
    public record Session(User user, @Nullable Instant expiresAt) {}

    /**
     * For whom a link is wanted.
     *
     * @param user a name; the local user if absent
     */
    public record LinkFor(@Nullable String user) {}

    /**
     * A link that signs in once.
     *
     * @param url its token is in the fragment
     */
    public record Link(String url, Instant expiresAt) {

        @Override
        public String toString() {
            return "Link[…, " + expiresAt + "]";
        }
    }

    private final Users users;
    private final LoginLinks links;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final LoginConfig config;
    private final Site site;
    private final Me me;

    SessionResource(
            Users users,
            LoginLinks links,
            Sessions sessions,
            SessionCookie cookie,
            LoginConfig config,
            Site site,
            Me me) {
        this.users = users;
        this.links = links;
        this.sessions = sessions;
        this.cookie = cookie;
        this.config = config;
        this.site = site;
        this.me = me;
    }

    /** A link that signs a browser in. */
    @POST
    @Path("/login-links")
    @APIResponseSchema(value = Link.class, responseCode = "201", responseDescription = "Issued")
    @Operation(summary = "A link that signs a browser in once; for the launcher only")
    public Response issueLink(@Nullable LinkFor body) {
        if (!me.isLauncher()) {
            throw new Problem(403, "Forbidden", "Authorization: must be the launcher's token");
        }
        String name = body == null || body.user() == null ? me.user().name() : body.user();
        if (!Users.isName(name)) {
            throw Problem.badRequest(
                    "user", name, "must be 1 to 63 of a-z, 0-9, dot, dash and underscore");
        }
        LoginLinks.Issued issued = links.issue(users.named(name));
        return Response.status(Response.Status.CREATED)
                .entity(new Link(site.baseUrl() + "/#login=" + issued.token(), issued.expiresAt()))
                .build();
    }

    /** Signs in by a link's token. */
    @POST
    @Path("/session")
    @APIResponse(responseCode = "204", description = "Signed in, with a cookie")
    @Operation(summary = "Signs in by the token of a link")
    public Response signIn(@Nullable Login login) {
        if (login == null || login.token() == null || login.token().isBlank()) {
            throw Problem.badRequest("token", "must be the token of a sign-in link");
        }
        User user =
                links.redeem(login.token())
                        .orElseThrow(
                                () ->
                                        new Problem(
                                                401,
                                                "Not signed in",
                                                "This link was used already or is over: ./keyturn"
                                                        + " open gives another"));
        return Response.noContent()
                .cookie(cookie.write(sessions.begin(user), config.sessionLifetime()))
                .build();
    }

    /** Who is signed in. */
    @GET
    @Path("/session")
    @Operation(summary = "Who is signed in, and until when")
    public Session session() {
        return new Session(me.user(), me.session().map(Sessions.Session::expiresAt).orElse(null));
    }

    /** Signs out: the session ends here, not only in the browser. */
    @DELETE
    @Path("/session")
    @APIResponse(responseCode = "204", description = "Signed out")
    @Operation(summary = "Signs out")
    public Response signOut() {
        me.session().map(Sessions.Session::ref).ifPresent(sessions::end);
        return Response.noContent().cookie(cookie.delete()).build();
    }
}
