package dev.keyturn.sandbox.web;

import dev.keyturn.sandbox.statements.Statement;
import dev.keyturn.sandbox.statements.StatementPdf;
import dev.keyturn.sandbox.users.User;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What is behind the sign-in. */
final class StatementPages {
    private static final int HUGE_PARTS = 800;
    private static final int HUGE_PART_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final Duration slow;

    StatementPages(Vertx vertx, Duration slow) {
        this.vertx = vertx;
        this.slow = slow;
    }

    void statements(Exchange exchange) {
        exchange.user()
                .ifPresentOrElse(
                        user -> statements(exchange, user), () -> exchange.redirect("/sign-in"));
    }

    void pdf(Exchange exchange) {
        exchange.user()
                .ifPresentOrElse(
                        user -> pdf(exchange, Statement.find(user, exchange.pathParam("file"))),
                        () -> exchange.redirect(signInFor(exchange.pathParam("file"))));
    }

    /** Each turn has an address of its own, so that nobody sees the loop by its address. */
    void loop(Exchange exchange) {
        int turn = exchange.query("turn").matches("[0-9]{1,8}") ? turn(exchange) : 0;
        exchange.redirect("/loop?turn=" + (turn + 1));
    }

    private static int turn(Exchange exchange) {
        return Integer.parseInt(exchange.query("turn"));
    }

    private void statements(Exchange exchange, User user) {
        switch (user.behaviour()) {
            case REDIRECT_LOOP -> exchange.redirect("/loop?turn=1");
            case HUGE_PAGE -> huge(exchange);
            case SLOW_PAGE -> slowly(exchange, () -> exchange.page(page(user)));
            case SLOW_REFUSAL ->
                    slowly(
                            exchange,
                            () -> {
                                exchange.endSession();
                                exchange.redirect("/sign-in");
                            });
            case FAIR, PASSWORD_TOO_OLD, NO_FORM, SERVER_ERROR, NASTY_TEXT, FORBIDDEN_REDIRECT ->
                    exchange.page(page(user));
        }
    }

    private void slowly(Exchange exchange, Runnable answer) {
        long timer =
                vertx.setTimer(
                        Math.max(1, slow.toMillis()),
                        _ -> {
                            if (!exchange.response().closed()) {
                                answer.run();
                            }
                        });
        exchange.response().closeHandler(_ -> vertx.cancelTimer(timer));
    }

    private static void huge(Exchange exchange) {
        exchange.note(200);
        var line = "<p>Nothing to see here. This is a test site.</p>\n";
        var part = Buffer.buffer(line.repeat(HUGE_PART_BYTES / line.length() + 1));
        exchange.response().putHeader("Content-Type", "text/html; charset=utf-8");
        var head = "<!DOCTYPE html><html lang=\"en\"><body data-page=\"statements\">";
        Parts.send(
                exchange.response(),
                Buffer.buffer(head),
                Collections.nCopies(HUGE_PARTS, part).iterator());
    }

    private static Pages.Statements page(User user) {
        return new Pages.Statements(user.login(), links(user));
    }

    private static List<Pages.Link> links(User user) {
        return Statement.of(user).stream()
                .map(each -> new Pages.Link("/statements/" + each.fileName(), each.name()))
                .toList();
    }

    private static void pdf(Exchange exchange, Optional<Statement> statement) {
        if (statement.isEmpty()) {
            exchange.error(404, "There is no such statement.");
            return;
        }
        var bytes = StatementPdf.of(statement.get());
        exchange.note(200);
        exchange.response()
                .putHeader("Content-Type", "application/pdf")
                .putHeader(
                        "Content-Disposition",
                        "inline; filename=\"" + statement.get().fileName() + "\"")
                .end(Buffer.buffer(bytes));
    }

    private static String signInFor(String file) {
        return "/sign-in?next=" + URLEncoder.encode("/statements/" + file, StandardCharsets.UTF_8);
    }
}
