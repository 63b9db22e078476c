package dev.keyturn.home.web;

import dev.keyturn.service.db.Outage;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What fails before a resource is reached: nobody can say who is signed in. */
@ApplicationScoped
public class EarlyFailures {

    private static final Logger LOG = Logger.getLogger(EarlyFailures.class);

    void register(@Observes Router router) {
        router.route("/api/*").failureHandler(EarlyFailures::answer);
    }

    /** Answers where no resource does. */
    public static void answer(HttpServerResponse response, Problem problem) {
        problem.retryAfter().ifPresent(seconds -> response.putHeader("Retry-After", seconds));
        response.setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.TYPE)
                .end(new JsonObject(problem.body()).encode());
    }

    private static void answer(RoutingContext context) {
        HttpServerResponse response = context.response();
        @Nullable Throwable failure = context.failure();
        boolean nobodyListens = response.headWritten() || response.closed();
        if (failure == null || nobodyListens || !Outage.is(failure)) {
            context.next();
            return;
        }
        LOG.warnf("A request needs the database, which is away: cause=%s", failure);
        answer(response, Problem.databaseAway());
    }
}
