package dev.keyturn.sandbox.web;

import dev.keyturn.sandbox.Site;
import dev.keyturn.sandbox.code.Codes;
import dev.keyturn.sandbox.signin.Step;
import dev.keyturn.sandbox.signin.Step.Problem;
import dev.keyturn.sandbox.users.Behaviour;
import dev.keyturn.sandbox.users.Factor;
import dev.keyturn.sandbox.users.NastyText;
import dev.keyturn.sandbox.users.User;
import dev.keyturn.sandbox.users.Way;
import io.quarkus.qute.TemplateInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** From the password to the session: what was sent in goes to the rules, and a page comes out. */
final class SignInPages {
    static final String FORBIDDEN = "http://169.254.169.254/latest/meta-data";

    private final Site site;

    SignInPages(Site site) {
        this.site = site;
    }

    void showSignIn(Exchange exchange) {
        var next = localPath(exchange.query("next"));
        exchange.page(new Pages.SignIn(exchange.csrf(), next, "", "", true));
    }

    void signIn(Exchange exchange) {
        whenFormIsOurs(
                exchange,
                visit ->
                        site.signIns()
                                .password(
                                        visit,
                                        exchange.field("login").strip(),
                                        exchange.field("password"),
                                        localPath(exchange.field("next")),
                                        exchange.now()));
    }

    void send(Exchange exchange) {
        whenFormIsOurs(exchange, visit -> site.signIns().send(visit, exchange.now()));
    }

    void resend(Exchange exchange) {
        whenFormIsOurs(exchange, visit -> site.signIns().resend(visit, exchange.now()));
    }

    void method(Exchange exchange) {
        var factor = exchange.field("method");
        whenFormIsOurs(exchange, visit -> site.signIns().method(visit, factor, exchange.now()));
    }

    void code(Exchange exchange) {
        var typed = exchange.field("code").strip();
        whenFormIsOurs(exchange, visit -> site.signIns().code(visit, typed, exchange.now()));
    }

    /** Any page between password and session: the right one for where the sign-in stands. */
    void show(Exchange exchange) {
        present(exchange, site.signIns().look(exchange.visit(), exchange.now()));
    }

    void signOut(Exchange exchange) {
        exchange.endSession();
        site.changed();
        exchange.redirect("/sign-in");
    }

    private void whenFormIsOurs(Exchange exchange, Function<String, Step> act) {
        if (!exchange.hasCsrf()) {
            exchange.error(403, "This page is too old. Open the sign-in page again.");
            return;
        }
        var step = act.apply(exchange.visit());
        present(exchange, step);
        site.changed();
    }

    private void present(Exchange exchange, Step step) {
        switch (step) {
            case Step.WrongPassword wrong -> exchange.page(again(exchange, wrong));
            case Step.Locked locked -> exchange.page(locked(locked, exchange.now()));
            case Step.AskForCode ask -> at("/verify", exchange, () -> verify(exchange, ask));
            case Step.EnterCode enter when enter.problem().isPresent() ->
                    exchange.page(code(exchange, enter));
            case Step.EnterCode enter -> at("/code", exchange, () -> code(exchange, enter));
            case Step.ChangePassword change ->
                    at(
                            "/change-password",
                            exchange,
                            () -> new Pages.ChangePassword(change.user().login()));
            case Step.Trap trap -> spring(exchange, trap.user());
            case Step.SignedIn in -> {
                exchange.openSession(in.user());
                exchange.redirect(in.next());
            }
            case Step.StartAgain _ -> exchange.redirect("/sign-in");
        }
    }

    /** Shows the page under its own address only, so that loading it anew sends nothing again. */
    private static void at(String path, Exchange exchange, Supplier<TemplateInstance> page) {
        if (exchange.isGet(path)) {
            exchange.page(page.get());
        } else {
            exchange.redirect(path);
        }
    }

    private static void spring(Exchange exchange, User user) {
        switch (user.behaviour()) {
            case NO_FORM -> exchange.page(new Pages.SignIn("", "", "", "", false));
            case SERVER_ERROR -> exchange.error(500, "Something went wrong on our side.");
            case FORBIDDEN_REDIRECT -> exchange.redirect(FORBIDDEN);
            case FAIR,
                    PASSWORD_TOO_OLD,
                    HUGE_PAGE,
                    REDIRECT_LOOP,
                    SLOW_PAGE,
                    SLOW_REFUSAL,
                    NASTY_TEXT ->
                    throw new IllegalStateException(user.login() + " has no trap at the sign-in");
        }
    }

    private static Pages.SignIn again(Exchange exchange, Step.WrongPassword wrong) {
        return new Pages.SignIn(
                exchange.csrf(), wrong.next(), wrong.login(), "Wrong login or password.", true);
    }

    private static Pages.Verify verify(Exchange exchange, Step.AskForCode ask) {
        var user = ask.user();
        return new Pages.Verify(exchange.csrf(), user.factor().name(), user.destination());
    }

    private static Pages.Code code(Exchange exchange, Step.EnterCode enter) {
        var user = enter.user();
        return new Pages.Code(
                exchange.csrf(),
                enter.by().name(),
                Codes.DIGITS,
                words(user, prompt(enter.by())),
                destination(enter),
                error(enter, exchange.now()),
                enter.until().toString(),
                enter.resendFrom().map(Instant::toString).orElse(""),
                otherWays(enter));
    }

    private static String destination(Step.EnterCode enter) {
        return enter.user().ways().stream()
                .filter(way -> way.factor() == enter.by())
                .map(Way::destination)
                .findFirst()
                .orElse("your authenticator app");
    }

    private static List<Pages.OtherWay> otherWays(Step.EnterCode enter) {
        return enter.user().ways().stream()
                .filter(way -> way.factor() != enter.by())
                .map(way -> new Pages.OtherWay(way.factor().name(), way.destination()))
                .toList();
    }

    private static String prompt(Factor by) {
        return switch (by) {
            case SMS -> "Type the code from the SMS that we sent you.";
            case EMAIL -> "Type the code from the e-mail that we sent you.";
            case APP_CODE -> "Type the code that your authenticator app shows.";
            case NONE -> "";
        };
    }

    private static String error(Step.EnterCode enter, Instant now) {
        return enter.problem()
                .map(problem -> words(enter.user(), error(problem, enter.resendFrom(), now)))
                .orElse("");
    }

    private static String error(Problem problem, Optional<Instant> resendFrom, Instant now) {
        return switch (problem) {
            case WRONG_CODE -> "This code is not right.";
            case EXPIRED_CODE -> "This code has expired.";
            case TOO_SOON ->
                    "Please wait %d seconds before you ask for another code."
                            .formatted(seconds(now, resendFrom.orElse(now)));
        };
    }

    private static Pages.Locked locked(Step.Locked locked, Instant now) {
        return new Pages.Locked(
                words(
                        locked.user(),
                        "Too many wrong codes. Try again in %d seconds."
                                .formatted(seconds(now, locked.until()))),
                locked.until().toString());
    }

    private static String words(User user, String words) {
        return user.behaviour() == Behaviour.NASTY_TEXT ? NastyText.in(words) : words;
    }

    /** Rounded up: who waits that long has waited long enough. */
    private static long seconds(Instant now, Instant until) {
        return Math.ceilDiv(Duration.between(now, until).toMillis(), 1_000L);
    }

    /** A path of this site. Anything else would let a link send people elsewhere after sign-in. */
    static String localPath(String next) {
        return next.matches("/(?![/\\\\])[!-~&&[^\\\\]]{0,200}") ? next : "/statements";
    }
}
