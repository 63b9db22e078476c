package dev.keyturn.home.web;

import dev.keyturn.home.challenges.Submissions;
import dev.keyturn.home.login.Me;
import dev.keyturn.home.login.User;
import dev.keyturn.home.status.ChallengeState;
import dev.keyturn.home.view.ChallengeView;
import dev.keyturn.home.view.Views;
import dev.keyturn.home.web.Bodies.AnotherMessage;
import dev.keyturn.home.web.Bodies.MoreTime;
import dev.keyturn.home.web.Bodies.NewCode;
import dev.keyturn.home.web.Bodies.OtherMethod;
import dev.keyturn.service.db.Database;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Verdict;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The challenges of whoever is signed in. */
@Path("/api/challenges")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ChallengeResource {

    private static final int LONGEST = 8 * 1024;
    private static final int MOST_SECONDS = 3600;
    private static final Pattern METHOD = Pattern.compile("[A-Z_]{1,40}");

    private final Submissions submissions;
    private final Database database;
    private final Me me;

    ChallengeResource(Submissions submissions, Database database, Me me) {
        this.submissions = submissions;
        this.database = database;
        this.me = me;
    }

    /** What became of what was said. */
    public record VerdictView(Verdict verdict) {}

    @GET
    @Operation(summary = "Challenges; with state=open only those that wait for an answer")
    public List<ChallengeView> list(@RestQuery @Nullable String state) {
        Set<ChallengeState> states = states(state);
        return database.autocommit(db -> Views.challenges(db, user().id(), states));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One challenge, with the key to seal a code to")
    public ChallengeView get(@RestPath String id) {
        UUID challenge = Checks.known("challenge", id);
        return database.autocommit(db -> Views.challenge(db, user().id(), challenge))
                .orElseThrow(() -> Problem.notFound("challenge", challenge));
    }

    @POST
    @Path("/{id}/code")
    @Operation(summary = "Submits a sealed code; the same submission always gets the same verdict")
    @APIResponse(
            responseCode = "200",
            description = "The verdict",
            content = @Content(schema = @Schema(implementation = VerdictView.class)))
    @APIResponse(responseCode = "202", description = "PENDING: not lost, ask again with the same")
    @APIResponse(responseCode = "503", description = "Not sent; sending again is harmless")
    public RestResponse<VerdictView> code(@RestPath String id, NewCode body)
            throws InterruptedException {
        UUID challenge = challengeId(id);
        NewCode code = Checks.required("body", body);
        UUID submission = malformed(() -> Checks.uuidUnseen("submissionId", code.submissionId()));
        int round = malformed(() -> Checks.required("round", code.round()));
        String sealed = malformed(() -> Checks.required("sealed", code.sealed()));
        if (round < 1) {
            throw malformed(
                    Problem.badRequest("round", String.valueOf(round), "must be at least 1"));
        }
        if (sealed.length() > LONGEST) {
            throw malformed(
                    Problem.badRequest("sealed", "must be at most " + LONGEST + " characters"));
        }
        return respond(submissions.submit(user(), challenge, submission, round, sealed));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Gives a challenge up; its run ends")
    @APIResponse(
            responseCode = "200",
            description = "The verdict",
            content = @Content(schema = @Schema(implementation = VerdictView.class)))
    @APIResponse(responseCode = "202", description = "PENDING: not lost, it will be")
    public RestResponse<VerdictView> cancel(@RestPath String id) throws InterruptedException {
        return respond(submissions.cancel(user(), challengeId(id)));
    }

    @POST
    @Path("/{id}/resend")
    @Operation(
            summary =
                    "Asks that the site send again. DELIVERED: it will be, as the next round;"
                            + " SUPERSEDED: another wish of this round was first")
    @APIResponse(
            responseCode = "200",
            description = "The verdict",
            content = @Content(schema = @Schema(implementation = VerdictView.class)))
    @APIResponse(responseCode = "202", description = "PENDING: not lost, it will be")
    public RestResponse<VerdictView> resend(@RestPath String id, @Nullable AnotherMessage body)
            throws InterruptedException {
        UUID challenge = challengeId(id);
        @Nullable Integer round = body == null ? null : round(body.round());
        return respond(submissions.resend(user(), challenge, round));
    }

    @POST
    @Path("/{id}/method")
    @Operation(
            summary =
                    "Asks for another kind of second factor, one of the challenge's methods; the"
                            + " next round is of that kind")
    @APIResponse(
            responseCode = "200",
            description = "The verdict",
            content = @Content(schema = @Schema(implementation = VerdictView.class)))
    @APIResponse(responseCode = "202", description = "PENDING: not lost, it will be")
    public RestResponse<VerdictView> method(@RestPath String id, OtherMethod body)
            throws InterruptedException {
        UUID challenge = challengeId(id);
        OtherMethod other = Checks.required("body", body);
        String method = malformed(() -> Checks.text("method", other.method()));
        if (!METHOD.matcher(method).matches()) {
            throw malformed(Problem.badRequest("method", method, "must be one of the challenge's"));
        }
        return respond(
                submissions.method(
                        user(), challenge, round(other.round()), new FactorType(method)));
    }

    @POST
    @Path("/{id}/extend")
    @Operation(
            summary =
                    "Asks for more time, as far as the site gives it (extendableTo); the challenge"
                            + " then tells its new deadline")
    @APIResponse(
            responseCode = "200",
            description = "The verdict",
            content = @Content(schema = @Schema(implementation = VerdictView.class)))
    @APIResponse(responseCode = "202", description = "PENDING: not lost, it will be")
    public RestResponse<VerdictView> extend(@RestPath String id, MoreTime body)
            throws InterruptedException {
        UUID challenge = challengeId(id);
        MoreTime more = Checks.required("body", body);
        int seconds = malformed(() -> Checks.required("seconds", more.seconds()));
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw malformed(
                    Problem.badRequest(
                            "seconds",
                            String.valueOf(seconds),
                            "must be between 1 and " + MOST_SECONDS));
        }
        return respond(submissions.extend(user(), challenge, Duration.ofSeconds(seconds)));
    }

    private static @Nullable Integer round(@Nullable Integer round) {
        if (round != null && round < 1) {
            throw malformed(
                    Problem.badRequest("round", String.valueOf(round), "must be at least 1"));
        }
        return round;
    }

    private static UUID challengeId(String id) {
        try {
            return Checks.known("challenge", id);
        } catch (Problem unknown) {
            throw unknown.with("verdict", Verdict.UNKNOWN_CHALLENGE.text());
        }
    }

    private static RestResponse<VerdictView> respond(Verdict verdict) {
        return verdict.kind() == Verdict.Kind.PENDING
                ? RestResponse.status(RestResponse.Status.ACCEPTED, new VerdictView(verdict))
                : RestResponse.ok(new VerdictView(verdict));
    }

    private static <T> T malformed(Supplier<T> check) {
        try {
            return check.get();
        } catch (Problem problem) {
            throw malformed(problem);
        }
    }

    private static Problem malformed(Problem problem) {
        return problem.with("verdict", Verdict.MALFORMED.text());
    }

    private static Set<ChallengeState> states(@Nullable String state) {
        return switch (state) {
            case null -> EnumSet.allOf(ChallengeState.class);
            case "open" -> Set.of(ChallengeState.OPEN);
            default -> throw Problem.badRequest("state", Checks.shown(state), "must be open");
        };
    }

    private User user() {
        return me.user();
    }
}
