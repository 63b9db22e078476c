package dev.keyturn.home.web;

import dev.keyturn.home.accounts.Accounts;
import dev.keyturn.home.login.Me;
import dev.keyturn.home.login.User;
import dev.keyturn.home.runs.RunRequests;
import dev.keyturn.home.view.AccountView;
import dev.keyturn.home.view.RunView;
import dev.keyturn.home.view.Views;
import dev.keyturn.home.web.Bodies.NewAccount;
import dev.keyturn.home.web.Bodies.NewCredentials;
import dev.keyturn.home.web.Bodies.NewRun;
import dev.keyturn.service.db.Database;
import dev.keyturn.values.Trigger;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The accounts of whoever is signed in. */
@Path("/api/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AccountResource {

    private final Accounts accounts;
    private final RunRequests runs;
    private final Database database;
    private final Me me;

    AccountResource(Accounts accounts, RunRequests runs, Database database, Me me) {
        this.accounts = accounts;
        this.runs = runs;
        this.database = database;
        this.me = me;
    }

    @GET
    @Operation(summary = "All accounts, each with its latest run")
    public List<AccountView> list() {
        return database.autocommit(db -> Views.accounts(db, user().id()));
    }

    @POST
    @APIResponseSchema(
            value = AccountView.class,
            responseCode = "201",
            responseDescription = "Added")
    @ResponseStatus(201)
    @Operation(summary = "Adds an account; 409 when there is one of this connector and label")
    public AccountView add(NewAccount body) {
        NewAccount account = Checks.required("body", body);
        return accounts.add(
                user(),
                Checks.uuid("id", account.id()),
                Checks.text("connector", account.connector()),
                Checks.label(account.label()),
                Checks.required("sealed", account.sealed()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One account")
    public AccountView get(@RestPath String id) {
        UUID account = Checks.known("account", id);
        return database.autocommit(db -> Views.account(db, user().id(), account))
                .orElseThrow(() -> Problem.notFound("account", account));
    }

    @DELETE
    @Path("/{id}")
    @APIResponse(responseCode = "202", description = "Asked for")
    @ResponseStatus(202)
    @Operation(summary = "Has an account erased, its documents too if so; it ends an open run")
    public void erase(@RestPath String id, @RestQuery @Nullable String documents) {
        accounts.erase(user(), Checks.known("account", id), flag("documents", documents));
    }

    @PUT
    @Path("/{id}/credentials")
    @APIResponseSchema(
            value = AccountView.class,
            responseCode = "202",
            responseDescription = "On its way to the workers")
    @ResponseStatus(202)
    @Operation(summary = "Gives an account other credentials; its kept session ends")
    public AccountView correct(@RestPath String id, NewCredentials body) {
        return accounts.correct(
                user(),
                Checks.known("account", id),
                Checks.required("sealed", Checks.required("body", body).sealed()));
    }

    @POST
    @Path("/{id}/runs")
    @APIResponseSchema(value = RunView.class, responseCode = "202", responseDescription = "Queued")
    @ResponseStatus(202)
    @Operation(summary = "Asks for a run; 409 with runId when one is open")
    public RunView run(@RestPath String id, NewRun body) {
        NewRun run = Checks.required("body", body);
        return runs.request(
                user(),
                Checks.known("account", id),
                trigger(Checks.required("trigger", run.trigger())),
                Boolean.TRUE.equals(run.fresh()));
    }

    private User user() {
        return me.user();
    }

    private static Trigger trigger(String text) {
        return switch (text) {
            case "MANUAL" -> Trigger.MANUAL;
            case "SCHEDULED" -> Trigger.SCHEDULED;
            default ->
                    throw Problem.badRequest(
                            "trigger", Checks.shown(text), "must be MANUAL or SCHEDULED");
        };
    }

    private static boolean flag(String name, @Nullable String value) {
        return switch (value) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.badRequest(name, Checks.shown(value), "must be true or false");
        };
    }
}
