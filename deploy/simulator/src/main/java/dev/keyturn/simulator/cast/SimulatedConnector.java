package dev.keyturn.simulator.cast;

import dev.keyturn.sdk.Connector;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Document;
import dev.keyturn.sdk.Field;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import java.time.Instant;
import java.util.Map;

/** Signs in to the {@link Site}, in one of the ways in which its author might have written it. */
final class SimulatedConnector implements Connector {

    static final String SLUG = "simulated";

    private static final String ADDRESS = "https://site.example";

    @Override
    public ConnectorInfo info() {
        return ConnectorInfo.of(SLUG, "Simulated", "1")
                .fields(Field.text("style", "Style"))
                .hosts("site.example")
                .factors(TwoFaType.SMS)
                .perHour(20, 20);
    }

    @Override
    public void run(Login login) {
        login.deactivateAutoSuccessfulLogin();
        if (!login.resumeSession(s -> s.get(ADDRESS + "/me").status() == 200)) {
            signIn(login);
        }
        login.notifySuccessfulLogin();
        if (login.fields().get("style").equals("LOOSE")) {
            Page _ = login.session().post(ADDRESS + "/visit", Map.of());
        }
        String bill = login.step("fetch", String.class, () -> fetch(login));
        login.saveDocument(Document.of("bill", "text/plain", bill));
    }

    private static String fetch(Login login) {
        Page _ = login.session().get(ADDRESS + "/bills");
        return login.session().get(ADDRESS + "/bill").body();
    }

    private void signIn(Login login) {
        if (!login.mayAsk()) {
            throw login.cannotAsk();
        }
        Page asked =
                login.step(
                        "signIn",
                        Page.class,
                        () -> {
                            Page _ = login.session().get(ADDRESS + "/login");
                            return post(login, "/signin", Map.of());
                        });
        TwoFaOptions question = question(login, asked);
        while (true) {
            TwoFaCode code = login.waitForTwoFaCode(question);
            int status = login.step("sendCode", Integer.class, () -> send(login, asked, code));
            if (status == 200) {
                return;
            }
            if (status != 401) {
                throw ConnectorFailure.of(
                        status == 423
                                ? Reason.LOGIN_FAILED_TOO_MANY_ATTEMPTS
                                : Reason.USER_ACTION_NEEDED_SITE_EXPIRED);
            }
            question = question(login, asked).retry("Wrong.");
        }
    }

    private static int send(Login login, Page asked, TwoFaCode code) {
        return post(login, "/code", Map.of("signin", part(asked, 0), "code", code.reveal()))
                .status();
    }

    private static TwoFaOptions question(Login login, Page page) {
        Instant end = Instant.ofEpochMilli(Long.parseLong(part(page, 1)));
        return TwoFaOptions.of(TwoFaType.SMS)
                .digits(8)
                .until(end)
                .extendableTo(Instant.ofEpochMilli(Long.parseLong(part(page, 2))))
                .resend(
                        end.minusSeconds(60),
                        () -> post(login, "/resend", Map.of("signin", part(page, 0))),
                        next -> question(login, next));
    }

    private static String part(Page page, int index) {
        return page.body().split(";", -1)[index];
    }

    private static Page post(Login login, String path, Map<String, String> form) {
        return login.session().post(ADDRESS + path, form);
    }
}
