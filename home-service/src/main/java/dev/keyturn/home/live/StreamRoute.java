package dev.keyturn.home.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyturn.home.config.HomeConfig;
import dev.keyturn.home.login.Me;
import dev.keyturn.home.login.Sessions;
import dev.keyturn.home.web.EarlyFailures;
import dev.keyturn.home.web.Problem;
import dev.keyturn.service.db.Database;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;

/** {@code GET /api/stream}: server-sent events of what the user may see. */
@ApplicationScoped
public class StreamRoute {

    private final Streams streams;
    private final Freshness freshness;
    private final Database database;
    private final Sessions sessions;
    private final HomeConfig config;
    private final Clock clock;
    private final ObjectMapper json;

    StreamRoute(
            Streams streams,
            Freshness freshness,
            Database database,
            Sessions sessions,
            HomeConfig config,
            Clock clock,
            ObjectMapper json) {
        this.streams = streams;
        this.freshness = freshness;
        this.database = database;
        this.sessions = sessions;
        this.config = config;
        this.clock = clock;
        this.json = json;
    }

    void register(@Observes Router router) {
        router.get("/api/stream").handler(this::open);
    }

    private void open(RoutingContext context) {
        if (!(context.user() instanceof QuarkusHttpUser user)) {
            context.fail(401);
            return;
        }
        SecurityIdentity identity = user.getSecurityIdentity();
        HttpServerResponse response = context.response();
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream;charset=UTF-8")
                .putHeader("X-Accel-Buffering", "no");
        Wire wire = new Wire(context.request(), json, config.unread());
        Stream stream =
                new Stream(
                        Me.user(identity),
                        Me.session(identity),
                        wire,
                        database,
                        sessions,
                        clock,
                        config.heartbeat(),
                        freshness::isBehind);
        response.closeHandler(_ -> streams.closed(stream));
        response.exceptionHandler(_ -> streams.closed(stream));
        try {
            streams.open(stream, wire);
        } catch (Problem tooMany) {
            EarlyFailures.answer(response, tooMany);
        }
    }
}
