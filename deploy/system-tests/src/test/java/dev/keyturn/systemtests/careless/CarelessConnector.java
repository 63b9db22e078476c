package dev.keyturn.systemtests.careless;

import dev.keyturn.sdk.Budget;
import dev.keyturn.sdk.Connector;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Document;
import dev.keyturn.sdk.Field;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.Request;
import dev.keyturn.sdk.SignInForm;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Map;

/** Signs in to a site that says yes to everything, and does what its {@link Way} says. */
public final class CarelessConnector implements Connector {

    /** Its name in the catalogue. */
    public static final String SLUG = "careless";

    private static final Duration IN_VAIN = Duration.ofSeconds(3);

    /** Needed by the service loader. */
    public CarelessConnector() {}

    /** All that a run is entrusted with; the result of a step. */
    private record Everything(String code, String password, String cookie, String token) {

        /** As an author writes it to find his mistake. */
        String words() {
            return "code=%s password=%s cookie=%s token=%s"
                    .formatted(code, password, cookie, token);
        }

        /** What the runtime knows to be a secret, for what it is that a person reads. */
        String knownWords() {
            return "code %s, password %s, cookie %s, at http://localhost/in?token=%s#token=%s"
                    .formatted(code, password, cookie, inAddress(token), inAddress(token));
        }
    }

    /** What says more than it should when it is asked for its value. */
    private static final class Unwritable extends AbstractList<String> {
        private final Everything everything;

        Unwritable(Everything everything) {
            this.everything = everything;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public String get(int index) {
            throw new IllegalStateException(everything.words());
        }
    }

    @Override
    public ConnectorInfo info() {
        return ConnectorInfo.of(SLUG, "Careless", "1.0.0")
                .fields(
                        Field.text("login", "Login"),
                        Field.password("password", "Password"),
                        Field.url("address", "Address"))
                .factors(TwoFaType.SMS)
                .codes(Duration.ofMinutes(10), 10)
                .perHour(100, Budget.MOST)
                .asSandbox();
    }

    @Override
    public void run(Login login) {
        Way way = Way.valueOf(login.fields().get("login"));
        login.deactivateAutoSuccessfulLogin();
        String home = at(login, "/home?of=" + way);
        if (!login.resumeSession(session -> session.get(home).status() == 200)) {
            Page page =
                    login.signIn(
                            SignInForm.at(home, "#sign-in")
                                    .fill("password", login.fields().get("password")));
            String token = page.attr("meta[name=token]", "content").orElseThrow();
            TwoFaOptions options = options(way);
            Everything everything = give(login, login.waitForTwoFaCode(options), token, 1);
            leak(way, login, options, everything);
        }
        login.notifySuccessfulLogin();
    }

    private static TwoFaOptions options(Way way) {
        TwoFaOptions options = TwoFaOptions.of(TwoFaType.SMS).to("••42");
        return way == Way.WAITS_IN_VAIN ? options.until(Instant.now().plus(IN_VAIN)) : options;
    }

    private static Everything give(Login login, TwoFaCode code, String token, int attempt) {
        return login.step(
                "send code " + attempt,
                Everything.class,
                () -> {
                    String typed = code.reveal();
                    Page _ = login.session().post(at(login, "/code"), Map.of("code", typed));
                    return new Everything(
                            typed,
                            login.fields().get("password"),
                            login.session().cookie("sid").orElseThrow(),
                            token);
                });
    }

    private static void leak(Way way, Login login, TwoFaOptions options, Everything everything) {
        String token = inAddress(everything.token());
        String tokens = "?token=" + token + "&code=" + inAddress(everything.code()) + "#t=" + token;
        switch (way) {
            case SIGNS_IN -> {
                TwoFaCode right = login.waitForTwoFaCode(options.retry("Not this one."));
                Everything _ = give(login, right, everything.token(), 2);
                sent(login, at(login, "/home?of=" + way + "&" + tokens.substring(1)));
            }
            case THROWS -> {
                IllegalStateException thrown =
                        new IllegalStateException(
                                everything.words(), new IOException(everything.words()));
                thrown.addSuppressed(new IOException(everything.words()));
                throw thrown;
            }
            case HAS_A_CAUSE ->
                    throw ConnectorFailure.of(
                            Reason.UNKNOWN_ERROR,
                            "The site did not understand.",
                            new IOException(everything.words()));
            case SAYS -> throw ConnectorFailure.of(Reason.UNKNOWN_ERROR, everything.knownWords());
            case REPEATS -> {
                String words = "This is wrong: " + everything.knownWords();
                TwoFaCode other =
                        login.waitForTwoFaCode(options.to(words).retry(words).wrongCodesLeft(1));
                Everything second = give(login, other, everything.token(), 2);
                throw ConnectorFailure.said(
                        Reason.USER_ACTION_NEEDED_WRONG_TWOFA_CODE,
                        "This is wrong: " + second.knownWords());
            }
            case NAMES_A_DOCUMENT ->
                    login.saveDocument(
                            Document.of(everything.code() + ".txt", "text/plain", "one"));
            case IS_SENT_TO_WHAT_IS_DOWN -> sent(login, at(login, "/down" + tokens));
            case IS_SENT_TO_WHAT_BREAKS_OFF -> sent(login, at(login, "/broken" + tokens));
            case IS_SENT_AWAY -> sent(login, "http://elsewhere.invalid/in" + tokens);
            case IS_SENT_IN_A_CIRCLE -> sent(login, at(login, "/circle" + tokens));
            case IS_SENT_NOWHERE -> sent(login, "http://[no address" + tokens);
            case HAS_A_BAD_HEADER ->
                    login.session()
                            .send(
                                    Request.get(at(login, "/home"))
                                            .header(
                                                    "Authorization",
                                                    "Bearer " + everything.token() + "\n"));
            case HAS_A_BAD_ADDRESS ->
                    login.session().get(at(login, "/home?token=" + everything.words()));
            case RETURNS_WHAT_CANNOT_BE_WRITTEN ->
                    login.step("unwritable", Object.class, () -> new Unwritable(everything));
            case WAITS_IN_VAIN -> throw new IllegalStateException("nobody was to answer");
        }
    }

    private static void sent(Login login, String to) {
        Page _ = login.session().get(at(login, "/redirect?to=" + inAddress(to)));
    }

    private static String at(Login login, String path) {
        return login.fields().get("address") + path;
    }

    private static String inAddress(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
