package dev.keyturn.home.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes first: the right host, and for changes our own page as origin and JSON
 * as content.
 */
@ApplicationScoped
public class RequestGuard {

    private static final int EARLY = 400;
    private static final long MAX_BODY = 64 * 1024;
    private static final Set<HttpMethod> READING =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final Map<String, String> HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                            + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri"
                            + " 'none'; form-action 'self'; frame-ancestors 'none';"
                            + " require-trusted-types-for 'script'; trusted-types lit-html",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cross-Origin-Opener-Policy",
                    "same-origin",
                    "Cross-Origin-Resource-Policy",
                    "same-origin",
                    "Permissions-Policy",
                    "camera=(), geolocation=(), microphone=()");

    private final Site site;
    private final MeterRegistry metrics;

    RequestGuard(Site site, MeterRegistry metrics) {
        this.site = site;
        this.metrics = metrics;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, EARLY);
    }

    private void check(RoutingContext context) {
        HEADERS.forEach(context.response()::putHeader);
        HttpServerRequest request = context.request();
        // One address has many spellings: only what looks like the API to nobody is kept.
        if (context.normalizedPath().startsWith("/api")) {
            context.response().putHeader("Cache-Control", "no-store");
        } else if (!context.normalizedPath().startsWith("/assets/")) {
            // Only files with a hash in their names may be kept unasked.
            context.addHeadersEndHandler(
                    _ -> context.response().putHeader("Cache-Control", "no-cache"));
        }
        if (!isOurHost(request)) {
            refuse(
                    context,
                    421,
                    "Misdirected request",
                    "Host",
                    "must be that of " + site.baseUrl());
        } else if (!READING.contains(request.method())) {
            checkChange(context, request);
        } else {
            context.next();
        }
    }

    private void checkChange(RoutingContext context, HttpServerRequest request) {
        // A bearer token is not sent by a browser on its own, so it needs no origin.
        boolean byCookie = request.getHeader("Authorization") == null;
        if (byCookie && !site.baseUrl().equals(request.getHeader("Origin"))) {
            refuse(context, 403, "Forbidden", "Origin", "must be " + site.baseUrl());
        } else if (!isJson(request)) {
            // The other half of the same fence: a page elsewhere can send no JSON unasked.
            refuse(context, 403, "Forbidden", "Content-Type", "must be application/json");
        } else if (length(request) > MAX_BODY) {
            if (request.version() != HttpVersion.HTTP_2) {
                // What follows is not read.
                context.response().putHeader("Connection", "close");
            }
            refuse(context, 413, "Content too large", "body", "must be at most 64 KiB");
        } else {
            context.next();
        }
    }

    private static long length(HttpServerRequest request) {
        @Nullable String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE;
        }
    }

    private boolean isOurHost(HttpServerRequest request) {
        @Nullable HostAndPort authority = request.authority();
        return authority != null
                && site.isHost(
                        (authority.port() < 0
                                        ? authority.host()
                                        : authority.host() + ":" + authority.port())
                                .toLowerCase(Locale.ROOT));
    }

    private static boolean isJson(HttpServerRequest request) {
        String type = Objects.requireNonNullElse(request.getHeader("Content-Type"), "");
        return type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/json");
    }

    private void refuse(
            RoutingContext context, int status, String title, String thing, String expected) {
        metrics.counter("keyturn.home.refused", "limit", thing.toLowerCase(Locale.ROOT))
                .increment();
        Problem problem = new Problem(status, title, thing + ": " + expected);
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject(problem.body()).encode());
    }
}
