package dev.keyturn.sandbox.web;

import dev.keyturn.sandbox.SandboxConfig;
import dev.keyturn.sandbox.Site;
import dev.keyturn.sandbox.users.Users;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Which address leads to which page. */
@ApplicationScoped
public class Routes {
    private static final Logger LOG = Logger.getLogger(Routes.class);
    private static final long LARGEST_FORM = 16 * 1024;

    /** What is there for those who test, and answers also while the site is down. */
    private static final Set<String> TOOLS =
            Set.of("/log", "/site.css", "/phone.js", "/favicon.ico");

    void register(@Observes Router router, Site site, SandboxConfig config, Vertx vertx) {
        var signIn = new SignInPages(site);
        var statements = new StatementPages(vertx, config.slow());
        var phone = new PhonePages(site);
        var switches = new TestSwitches(site);

        router.route().handler(context -> guard(context, site, switches));
        router.post().handler(BodyHandler.create(false).setBodyLimit(LARGEST_FORM));
        var routes = new Table(router, site);
        routes.get("/", Routes::home);
        routes.get("/sign-in", signIn::showSignIn);
        routes.post("/sign-in", signIn::signIn);
        routes.get("/verify", signIn::show);
        routes.post("/verify", signIn::send);
        routes.get("/code", signIn::show);
        routes.post("/code", signIn::code);
        routes.post("/code/resend", signIn::resend);
        routes.post("/code/method", signIn::method);
        routes.get("/change-password", signIn::show);
        routes.get("/sign-out", signIn::signOut);
        routes.get("/statements", statements::statements);
        routes.get("/statements/:file", statements::pdf);
        routes.get("/loop", statements::loop);
        routes.get("/phone", phone::phone);
        routes.get("/phone/messages", phone::messages);
        routes.get("/log", new LogPages(site)::log);
        // Browsers ask for it unasked.
        routes.get("/favicon.ico", icon -> icon.response().setStatusCode(204).end());
        routes.post("/test/site-down", switches::siteDown);
        routes.post("/test/clock", switches::clock);
        routes.post("/test/end-sessions", switches::endSessions);
        routes.post("/test/reset", switches::reset);
        routes.otherwise();
    }

    private static void home(Exchange exchange) {
        exchange.page(new Pages.Home(Users.families(), Users.loners(), Users.PASSWORD));
    }

    private static void guard(RoutingContext context, Site site, TestSwitches switches) {
        context.response()
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src"
                                + " 'self'; form-action 'self'; base-uri 'none';"
                                + " frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cache-Control", "no-store");
        if (switches.isDown() && !isTool(context.normalizedPath())) {
            new Exchange(context, site).error(503, "The site is down. Please come back later.");
        } else {
            context.next();
        }
    }

    static boolean isTool(String path) {
        return TOOLS.contains(path) || path.startsWith("/phone") || path.startsWith("/test/");
    }

    /** Registers pages, each with an exchange of its own. */
    private record Table(Router router, Site site) {
        /** After the static files. */
        private static final int LAST = 1_000_000;

        void get(String path, Consumer<Exchange> page) {
            router.get(path).handler(handler(page)).failureHandler(this::failed);
        }

        void post(String path, Consumer<Exchange> page) {
            router.post(path).handler(handler(page)).failureHandler(this::failed);
        }

        void otherwise() {
            router.route()
                    .order(LAST)
                    .handler(handler(exchange -> exchange.error(404, "There is no such page.")))
                    .failureHandler(this::failed);
        }

        private Handler<RoutingContext> handler(Consumer<Exchange> page) {
            return context -> page.accept(new Exchange(context, site));
        }

        private void failed(RoutingContext context) {
            if (context.failure() != null && context.statusCode() >= 500) {
                LOG.errorf(context.failure(), "A page failed. path=%s", context.normalizedPath());
            }
            if (!context.response().ended()) {
                int status = context.statusCode() < 400 ? 500 : context.statusCode();
                new Exchange(context, site).error(status, words(status));
            }
        }

        private static String words(int status) {
            return status < 500
                    ? "We do not understand this request."
                    : "Something went wrong on our side.";
        }
    }
}
