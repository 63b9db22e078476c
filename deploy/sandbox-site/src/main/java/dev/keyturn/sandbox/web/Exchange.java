package dev.keyturn.sandbox.web;

import dev.keyturn.sandbox.Site;
import dev.keyturn.sandbox.audit.SiteLog.Kind;
import dev.keyturn.sandbox.users.User;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request for a page and its answer. The time is the same from start to end. */
final class Exchange {
    private static final String SESSION = "sandbox_session";
    private static final String VISIT = "sandbox_visit";

    private final RoutingContext context;
    private final Site site;
    private final Instant now;
    private @Nullable String visit;

    Exchange(RoutingContext context, Site site) {
        this.context = context;
        this.site = site;
        this.now = site.clock().now();
        this.visit = cookie(VISIT);
    }

    Instant now() {
        return now;
    }

    HttpServerResponse response() {
        return context.response();
    }

    /** The value of a form's field, empty when it is not there. */
    String field(String name) {
        var value = context.request().getFormAttribute(name);
        return value == null ? "" : value;
    }

    String query(String name) {
        var value = context.request().getParam(name);
        return value == null ? "" : value;
    }

    String pathParam(String name) {
        var value = context.pathParam(name);
        return value == null ? "" : value;
    }

    boolean isGet(String path) {
        return HttpMethod.GET.equals(request().method()) && context.normalizedPath().equals(path);
    }

    /** The browser's visit; a new one gets its cookie with the answer. */
    String visit() {
        if (visit == null) {
            visit = Tokens.next();
            response().addCookie(cookie(VISIT, visit));
        }
        return visit;
    }

    String csrf() {
        return site.csrf().token(visit());
    }

    boolean hasCsrf() {
        return visit != null && site.csrf().matches(visit, field("csrf"));
    }

    Optional<User> user() {
        return site.sessions().user(cookie(SESSION), now);
    }

    void openSession(User user) {
        var token = Tokens.next();
        site.sessions().open(token, user.login(), now);
        var seconds = site.sessions().life().toSeconds();
        response().addCookie(cookie(SESSION, token).setMaxAge(seconds));
    }

    void endSession() {
        var token = cookie(SESSION);
        if (token != null) {
            user().ifPresent(
                            user ->
                                    site.log()
                                            .add(now, Kind.SIGN_OUT, user.login(), true, "asked"));
            site.sessions().end(token);
        }
        response().addCookie(cookie(SESSION, "").setMaxAge(0));
    }

    void page(TemplateInstance page) {
        page(200, page);
    }

    void page(int status, TemplateInstance page) {
        var html = page.render();
        note(status);
        response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(html);
    }

    void error(int status, String words) {
        page(status, new Pages.Trouble(status, words));
    }

    void redirect(String location) {
        note(302);
        response().setStatusCode(302).putHeader("Location", location).end();
    }

    /**
     * Logs that a page of the site was asked for. What is sent in is logged by those who judge it,
     * and who looks at the phone, once a second, is no visitor of the site.
     */
    void note(int status) {
        if (HttpMethod.GET.equals(request().method()) && !Routes.isTool(context.normalizedPath())) {
            var detail = "GET " + context.normalizedPath() + " " + status;
            site.log().add(now, Kind.PAGE, whoever(), status < 400, detail);
        }
    }

    private @Nullable String whoever() {
        return user().or(() -> Optional.ofNullable(visit).flatMap(this::begun))
                .map(User::login)
                .orElse(null);
    }

    private Optional<User> begun(String known) {
        return site.signIns().user(known, now);
    }

    private HttpServerRequest request() {
        return context.request();
    }

    private @Nullable String cookie(String name) {
        var cookie = context.request().getCookie(name);
        return cookie == null ? null : cookie.getValue();
    }

    private static Cookie cookie(String name, String value) {
        return Cookie.cookie(name, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX);
    }
}
