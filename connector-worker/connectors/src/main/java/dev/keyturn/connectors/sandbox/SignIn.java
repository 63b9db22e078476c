package dev.keyturn.connectors.sandbox;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Form;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.ShownAddress;
import dev.keyturn.sdk.SignInForm;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One sign-in, from page to page until the site leads to the statements. Used once. */
final class SignIn {

    private final Login login;
    private final String site;
    private boolean codeSent;
    private int wrongCodes;

    /** The page for the code as it is now: another one after each message that the person wants. */
    private @Nullable Page codePage;

    SignIn(Login login, String site) {
        this.login = login;
        this.site = site;
    }

    void run() {
        Page page =
                login.signIn(
                        SignInForm.at(site + "/sign-in", "#sign-in")
                                .fill("login", login.fields().get("login"))
                                .fill("password", login.fields().get("password"))
                                .stopAt(statements()));
        // What the site would show next is not needed to know that one is signed in.
        while (page.location().isEmpty()) {
            page = next(page);
        }
    }

    private Page next(Page page) {
        return switch (SitePage.of(page).orElseThrow(() -> unknown(page))) {
            case VERIFY -> askForMessage(page);
            case CODE -> enterCode(page);
            case SIGN_IN -> throw refused(page);
            case LOCKED -> throw locked(page);
            case CHANGE_PASSWORD ->
                    throw ConnectorFailure.said(
                            Reason.USER_ACTION_NEEDED_CHANGE_PASSWORD, page.text("main p"));
            case STATEMENTS -> throw unknown(page);
        };
    }

    /** Beyond this page the site sends a message: nobody may be there to read it. */
    private Page askForMessage(Page page) {
        if (!login.mayAsk()) {
            throw login.cannotAsk();
        }
        return login.step("ask for message")
                .once()
                .run(Page.class, () -> submit(page.form("#send")));
    }

    private Page enterCode(Page page) {
        if (!login.mayAsk()) {
            throw login.cannotAsk();
        }
        TwoFaCode code = login.waitForTwoFaCode(options(page));
        Page asking = Objects.requireNonNull(codePage);
        codeSent = true;
        return login.step(
                "send code",
                Page.class,
                () -> submit(asking.form("#code").fill("code", code.reveal())));
    }

    /** What the page asks for, whether or not a code was refused before. */
    private TwoFaOptions question(Page page) {
        codePage = page;
        TwoFaOptions options =
                withinTime(TwoFaOptions.of(type(page)))
                        .to(page.text(".destination"))
                        .prompt(page.text(".prompt"))
                        .digits(digits(page));
        Optional<Instant> until = page.attr("#code", "data-until").flatMap(SignIn::instant);
        if (until.isPresent()) {
            options = options.extendableTo(until.get());
        }
        Optional<Instant> again = page.attr("#resend", "data-resend-from").flatMap(SignIn::instant);
        if (again.isPresent()) {
            options =
                    options.resend(
                            again.get(), () -> submit(page.form("#resend")), this::nextQuestion);
        }
        for (TwoFaType other : otherMethods(page)) {
            String form = "form.other[data-type=%s]".formatted(other);
            options = options.method(other, () -> submit(page.form(form)), this::nextQuestion);
        }
        return options;
    }

    /** What is asked when the site has sent again. */
    private TwoFaOptions nextQuestion(Page page) {
        return switch (SitePage.of(page).orElseThrow(() -> unknown(page))) {
            case CODE -> question(page);
            case SIGN_IN -> throw ConnectorFailure.of(Reason.USER_ACTION_NEEDED_SITE_EXPIRED);
            case LOCKED -> throw locked(page);
            case VERIFY, CHANGE_PASSWORD, STATEMENTS -> throw unknown(page);
        };
    }

    private static List<TwoFaType> otherMethods(Page page) {
        return page.attrs("form.other", "data-type").stream()
                .flatMap(type -> type(type).stream())
                .toList();
    }

    private TwoFaOptions options(Page page) {
        TwoFaOptions options = question(page);
        String error = page.text(".error");
        if (error.isEmpty()) {
            return options;
        }
        wrongCodes++;
        int left = SandboxConnector.WRONG_CODES - wrongCodes;
        if (left <= 0) {
            throw ConnectorFailure.said(Reason.USER_ACTION_NEEDED_WRONG_TWOFA_CODE, error);
        }
        return options.retry(error).wrongCodesLeft(left);
    }

    private TwoFaOptions withinTime(TwoFaOptions options) {
        String within = login.settings().get("answer-within");
        return within == null ? options : options.until(Instant.now().plus(Duration.parse(within)));
    }

    private static TwoFaType type(Page page) {
        return page.attr("#code", "data-type")
                .flatMap(SignIn::type)
                .orElseThrow(
                        () ->
                                ConnectorFailure.of(
                                        Reason.CHALLENGE_ASKED,
                                        "The site asks for a code of a new kind."));
    }

    private static Optional<TwoFaType> type(String name) {
        return switch (name) {
            case "SMS" -> Optional.of(TwoFaType.SMS);
            case "EMAIL" -> Optional.of(TwoFaType.EMAIL);
            case "APP_CODE" -> Optional.of(TwoFaType.APP_CODE);
            default -> Optional.empty();
        };
    }

    private static int digits(Page page) {
        String digits = page.attr("#code", "data-digits").orElse("");
        return digits.matches("[1-9]\\d?") ? Integer.parseInt(digits) : 0;
    }

    private ConnectorFailure refused(Page page) {
        String error = page.text(".error");
        if (!error.isEmpty()) {
            return ConnectorFailure.said(Reason.LOGIN_FAILED, error);
        }
        if (codeSent) {
            return ConnectorFailure.of(Reason.USER_ACTION_NEEDED_SITE_EXPIRED);
        }
        // The page came back without a word. If its form is gone too, that is what is wrong.
        var _ = page.form("#sign-in");
        return ConnectorFailure.of(
                Reason.UNKNOWN_ERROR, "The site shows its sign-in page again without a word.");
    }

    private static ConnectorFailure locked(Page page) {
        ConnectorFailure failure =
                ConnectorFailure.said(Reason.LOGIN_FAILED_TOO_MANY_ATTEMPTS, page.text(".error"));
        return page.attr(".error", "data-until")
                .flatMap(SignIn::instant)
                .map(failure::until)
                .orElse(failure);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty(); // then nobody knows until when
        }
    }

    private static ConnectorFailure unknown(Page page) {
        return ConnectorFailure.of(
                Reason.CHALLENGE_ASKED,
                "The site shows a page that is not known: %s (status %d)."
                        .formatted(ShownAddress.of(page.address()), page.status()));
    }

    private Page submit(Form form) {
        return login.session().send(form.toRequest().stopAt(statements()));
    }

    private String statements() {
        return site + "/statements";
    }
}
