package dev.keyturn.sandbox.web;

import dev.keyturn.sandbox.Site;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/** What a test does to the site. Nobody has to sign in for it: there is nothing to protect. */
final class TestSwitches {
    private static final Duration FARTHEST = Duration.ofDays(400);

    private final Site site;
    private volatile boolean down;

    TestSwitches(Site site) {
        this.site = site;
    }

    boolean isDown() {
        return down;
    }

    /** {@code ?on=true}: from now on every page of the site answers 503. */
    void siteDown(Exchange exchange) {
        var on = exchange.query("on");
        if (on.equals("true") || on.equals("false")) {
            down = Boolean.parseBoolean(on);
            done(exchange);
        } else {
            refuse(exchange, "on must be true or false");
        }
    }

    /** {@code ?forward=PT61S}: the site's clock is ahead by that much more. */
    void clock(Exchange exchange) {
        try {
            var by = Duration.parse(exchange.query("forward"));
            if (by.isNegative() || by.compareTo(FARTHEST) > 0) {
                refuse(exchange, "forward must be between PT0S and " + FARTHEST);
            } else {
                site.clock().forward(by);
                done(exchange);
            }
        } catch (DateTimeParseException _) {
            refuse(exchange, "forward must be a duration such as PT61S");
        }
    }

    /** {@code ?user=ada}: all sessions of the user end, as sites do it after months. */
    void endSessions(Exchange exchange) {
        var user = exchange.query("user");
        if (user.isEmpty()) {
            refuse(exchange, "user must say whose sessions end");
        } else {
            site.sessions().endAllOf(user);
            done(exchange);
        }
    }

    /** Everything is as at the first start, but for the clock. */
    void reset(Exchange exchange) {
        down = false;
        site.signIns().clear();
        site.sessions().restore(List.of());
        site.locks().restore(List.of());
        site.phone().clear();
        site.log().clear();
        done(exchange);
    }

    private void done(Exchange exchange) {
        site.changed();
        exchange.response().setStatusCode(204).end();
    }

    private static void refuse(Exchange exchange, String reason) {
        exchange.response()
                .setStatusCode(400)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(reason + "\n");
    }
}
