package dev.keyturn.home.web;

import dev.keyturn.home.login.Me;
import dev.keyturn.home.login.User;
import dev.keyturn.home.runs.RunRequests;
import dev.keyturn.home.view.RunView;
import dev.keyturn.home.view.TimelineEntry;
import dev.keyturn.home.view.Views;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Statements;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The runs of whoever is signed in. */
@Path("/api/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RunResource {

    private static final int LIMIT = 50;
    private static final int MOST = 500;

    private final RunRequests runs;
    private final Database database;
    private final Me me;

    RunResource(RunRequests runs, Database database, Me me) {
        this.runs = runs;
        this.database = database;
        this.me = me;
    }

    @GET
    @Operation(summary = "The latest runs, newest first; of one account if it is named")
    public List<RunView> list(
            @RestQuery @Nullable String account, @RestQuery @Nullable String limit) {
        @Nullable UUID id = account == null ? null : Checks.known("account", account);
        int most = limit(limit);
        return database.autocommit(
                db -> {
                    checkAccount(db, id);
                    return Views.runs(db, user().id(), id, most);
                });
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One run")
    public RunView get(@RestPath String id) {
        UUID run = Checks.known("run", id);
        return database.autocommit(db -> find(db, run));
    }

    @GET
    @Path("/{id}/events")
    @Operation(summary = "What the log says of a run, in its order")
    public List<TimelineEntry> events(@RestPath String id) {
        UUID run = Checks.known("run", id);
        return database.autocommit(db -> Views.timeline(db, find(db, run).id()));
    }

    @POST
    @Path("/{id}/cancel")
    @APIResponse(responseCode = "202", description = "Asked for")
    @ResponseStatus(202)
    @Operation(summary = "Asks that an open run end")
    public void cancel(@RestPath String id) {
        runs.cancel(user(), Checks.known("run", id));
    }

    private RunView find(Statements db, UUID run) {
        return Views.run(db, user().id(), run).orElseThrow(() -> Problem.notFound("run", run));
    }

    private void checkAccount(Statements db, @Nullable UUID id) {
        if (id != null && Views.account(db, user().id(), id).isEmpty()) {
            throw Problem.notFound("account", id);
        }
    }

    private User user() {
        return me.user();
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // It is answered like any other that is none.
        }
        throw Problem.badRequest("limit", Checks.shown(text), "must be 1 to " + MOST);
    }
}
