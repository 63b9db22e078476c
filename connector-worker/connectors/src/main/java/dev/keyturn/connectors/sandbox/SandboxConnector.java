package dev.keyturn.connectors.sandbox;

import dev.keyturn.sdk.Connector;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Document;
import dev.keyturn.sdk.Field;
import dev.keyturn.sdk.Link;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.ShownAddress;
import dev.keyturn.sdk.TwoFaType;
import dev.keyturn.sdk.Unattended;
import java.time.Duration;
import java.util.List;

/**
 * The sandbox site: signs in with whatever second factor the user has there and saves the
 * statements.
 *
 * <p>For a login that begins with {@code quiet} it never calls the verbs that say where it stands,
 * as connectors may that were not written for Keyturn: {@code quiet-ok} ends well after the site's
 * slow page, {@code quiet-fail} with {@link Reason#LOGIN_FAILED}.
 *
 * <p>The site's address is the account's, else the operator's setting {@code address}, else {@value
 * #DEFAULT_ADDRESS}. His setting {@code answer-within} ({@code PT40S}) is how long a person has for
 * a code.
 */
public final class SandboxConnector implements Connector {

    static final String DEFAULT_ADDRESS = "http://localhost:7701";

    /** The site locks at the fifth; the last is left to the person. */
    static final int WRONG_CODES = 4;

    /** The site itself tolerates any number; one that never ends is somebody's mistake. */
    static final int PROMPTS_AN_HOUR = 600;

    @Override
    public ConnectorInfo info() {
        return ConnectorInfo.of("sandbox", "Sandbox site", "1.0.0")
                .fields(
                        Field.text("login", "Login").help("Such as ada, ben, cleo or emil"),
                        Field.password("password", "Password").help("The same for all of them"),
                        Field.url("address", "Address of the site")
                                .help("Only if it is not the one that came with Keyturn")
                                .pattern("https?:\\/\\/.+")
                                .optional())
                .hosts("localhost")
                .factors(TwoFaType.SMS, TwoFaType.EMAIL, TwoFaType.APP_CODE)
                .unattended(Unattended.UNTIL_ASKED)
                .codes(Duration.ofMinutes(5), WRONG_CODES)
                .perHour(WRONG_CODES, PROMPTS_AN_HOUR)
                .asSandbox();
    }

    @Override
    public void run(Login login) {
        String site = address(login);
        if (login.fields().get("login").startsWith("quiet")) {
            enter(login, site);
            saveStatements(login, site);
            return;
        }
        login.deactivateAutoSuccessfulLogin();
        enter(login, site);
        login.notifySuccessfulLogin();
        saveStatements(login, site);
    }

    private static void enter(Login login, String site) {
        // A statement that does not exist: a 404 for whoever is signed in, the sign-in page for
        // everybody else.
        String probe = site + "/statements/none.pdf";
        if (!login.resumeSession(session -> session.get(probe).status() == 404)) {
            new SignIn(login, site).run();
        }
    }

    private static void saveStatements(Login login, String site) {
        Page statements = login.session().get(site + "/statements");
        if (!SitePage.STATEMENTS.is(statements)) {
            throw ConnectorFailure.of(
                    Reason.LOGIN_FAILED, "The site asks to sign in again right after the sign-in.");
        }
        List<String> names = statements.attrs("a.statement", "data-name");
        List<Link> links = statements.links("a.statement");
        for (int i = 0; i < links.size(); i++) {
            saveStatement(login, names.get(i), links.get(i));
        }
    }

    private static void saveStatement(Login login, String name, Link link) {
        Page pdf = login.session().get(link.address().toString());
        String type = pdf.header("content-type").orElse("");
        if (pdf.status() != 200 || !type.startsWith("application/pdf")) {
            throw ConnectorFailure.of(
                    Reason.UNKNOWN_ERROR_PARTIAL_SYNC,
                    "%s (status %d, %s) is no PDF."
                            .formatted(ShownAddress.of(link.address()), pdf.status(), type));
        }
        login.saveDocument(Document.of(name, "application/pdf", pdf.bytes()));
    }

    private static String address(Login login) {
        String address =
                login.fields()
                        .find("address")
                        .orElse(login.settings().getOrDefault("address", DEFAULT_ADDRESS));
        return address.strip().replaceFirst("/+$", "");
    }
}
