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
import java.time.Instant;
import java.util.Optional;

/** One sign-in, from page to page until the site leads to the statements. Used once. */
final class SignIn {

    private final Login login;
    private final String site;
    private boolean codeSent;
    private int wrongCodes;

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
        codeSent = true;
        return login.step(
                "send code",
                Page.class,
                () -> submit(page.form("#code").fill("code", code.reveal())));
    }

    private TwoFaOptions options(Page page) {
        TwoFaOptions options =
                TwoFaOptions.of(type(page))
                        .to(page.text(".destination"))
                        .prompt(page.text(".prompt"))
                        .digits(digits(page));
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

    private static TwoFaType type(Page page) {
        String type = page.attr("#code", "data-type").orElse("");
        return switch (type) {
            case "SMS" -> TwoFaType.SMS;
            case "EMAIL" -> TwoFaType.EMAIL;
            case "APP_CODE" -> TwoFaType.APP_CODE;
            default ->
                    throw ConnectorFailure.of(
                            Reason.CHALLENGE_ASKED, "The site asks for a code of a new kind.");
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
