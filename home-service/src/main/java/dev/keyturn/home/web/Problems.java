package dev.keyturn.home.web;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.keyturn.service.db.Outage;
import dev.keyturn.service.send.NotSent;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Everything that goes wrong as {@code application/problem+json}. */
final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    Response problem(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.TYPE).entity(problem.body());
        problem.retryAfter().ifPresent(seconds -> response.header("Retry-After", seconds));
        return response.build();
    }

    @ServerExceptionMapper(priority = 1)
    Response malformed(JsonProcessingException e) {
        return problem(json(e));
    }

    /** For Quarkus' own answer to these has no words. */
    @ServerExceptionMapper(priority = 1)
    Response mismatched(MismatchedInputException e) {
        return malformed(e);
    }

    @ServerExceptionMapper(priority = 1)
    Response unauthorized(UnauthorizedException e) {
        return problem(new Problem(401, "Not signed in", "This needs a session or a bearer token"));
    }

    @ServerExceptionMapper(priority = 1)
    Response forbidden(ForbiddenException e) {
        return problem(new Problem(403, "Forbidden", "This is for the launcher only"));
    }

    @ServerExceptionMapper
    Response other(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return malformed(json);
        }
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        String title = e.getResponse().getStatusInfo().getReasonPhrase();
        return problem(new Problem(status, title, detail(status, title)));
    }

    @ServerExceptionMapper(priority = 1)
    Response notSent(NotSent e) {
        return problem(Problem.brokerAway());
    }

    @ServerExceptionMapper
    Response unexpected(RuntimeException e) {
        if (Outage.is(e)) {
            LOG.warnf("A request needs the database, which is away: cause=%s", e);
            return problem(Problem.databaseAway());
        }
        String correlationId = UUID.randomUUID().toString();
        LOG.errorf(e, "A request failed unexpectedly: correlationId=%s", correlationId);
        return problem(
                new Problem(
                                500,
                                "Internal error",
                                "Something went wrong here; an operator finds it by its correlation"
                                        + " id")
                        .with("correlationId", correlationId));
    }

    private static String detail(int status, String title) {
        return switch (status) {
            case 404 -> "There is nothing at this address";
            case 405 -> "This address has no such method";
            case 413 -> "The body must be at most 64 KiB";
            case 415 -> "Content-Type: must be application/json";
            default -> title;
        };
    }

    private static Problem json(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return Problem.badRequest(
                    path(unknown), "is not known; known are " + unknown.getKnownPropertyIds());
        }
        if (e instanceof JsonMappingException mapping
                && !(e.getCause() instanceof JsonParseException)) {
            return Problem.badRequest(path(mapping), "is of another type than expected");
        }
        return Problem.badRequest("body", "must be JSON");
    }

    private static String path(JsonMappingException e) {
        String path =
                e.getPath().stream()
                        .map(r -> name(r.getFieldName()))
                        .collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : path;
    }

    private static String name(@Nullable String field) {
        return field == null ? "[]" : field.length() <= 60 ? field : field.substring(0, 60) + "…";
    }
}
