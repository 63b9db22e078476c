package dev.keyturn.connectors.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.keyturn.connectors.ConnectorTest;
import dev.keyturn.connectors.FakeLogin;
import dev.keyturn.connectors.ScriptedSite.Answer;
import dev.keyturn.connectors.ScriptedSite.Asked;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.TwoFaType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages are those of Keycloak 26, cut down to what tells them apart. */
class KeycloakConnectorTest extends ConnectorTest {

    private static final String AUTHENTICATE =
            "{site}/realms/r/login-actions/authenticate?session_code=s&amp;execution=e";

    private final KeycloakConnector connector = new KeycloakConnector();

    private FakeLogin login() {
        return login(Map.of());
    }

    private FakeLogin login(Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(more);
        fields.put("address", site.address() + "/realms/r/account/#/personal-info");
        fields.put("username", "alice");
        fields.put("password", "alice-pw");
        return new FakeLogin(connector, sessions, fields);
    }

    // --- pages

    private static Answer page(String id, String body) {
        return Answer.html(
                "<body data-page-id='%s'><h1 id=kc-page-title>Title</h1>%s</body>"
                        .formatted(id, body));
    }

    private static String form(String id, String inputs) {
        return "<form id='%s' method=post action='%s'>%s</form>"
                .formatted(id, AUTHENTICATE, inputs);
    }

    private static String error(String id, String words) {
        return "<span id='input-error-%s' class=kc-feedback-text>%s</span>".formatted(id, words);
    }

    private static String alert(String words) {
        return "<div class='pf-v5-c-alert pf-m-danger'><span class='pf-v5-c-alert__title"
                + " kc-feedback-text'>"
                + words
                + "</span></div>";
    }

    private static Answer password(String more) {
        return page(
                "login-login",
                more
                        + form(
                                "kc-form-login",
                                "<input name=username><input name=password type=password>"
                                        + "<input type=hidden name=credentialId>"
                                        + "<button name=login>"));
    }

    private static Answer otp(String more) {
        return page(
                "login-login-otp",
                form(
                                "kc-otp-login-form",
                                "<input type=hidden name=selectedCredentialId value=d1>"
                                        + "<input name=otp><button name=login>")
                        + more);
    }

    private static final String OTHER_WAY =
            form(
                    "kc-select-try-another-way-form",
                    "<input type=hidden name=tryAnotherWay value=on>");

    private static final String DEVICES =
            "<div id=kc-otp-credential-0 onclick=\"toggleOTP(0,"
                    + " 'd1')\"><i></i><span>phone</span></div><div id=kc-otp-credential-1"
                    + " onclick=\"toggleOTP(1, 'd2')\"><i></i><span>tablet</span></div>";

    private static Answer recovery(String more) {
        return page(
                "login-login-recovery-authn-code-input",
                form(
                                "kc-recovery-code-login-form",
                                "<label>Recovery code #3</label><input name=recoveryCodeInput>")
                        + more);
    }

    private static Answer methods(String... icons) {
        StringBuilder list = new StringBuilder();
        for (String icon : icons) {
            list.append("<li>")
                    .append(
                            form(
                                    "kc-select-credential-form",
                                    "<input type=hidden name=authenticationExecution value="
                                            + icon
                                            + ">"))
                    .append("<div class=select-auth-box-parent><i class='fa ")
                    .append(icon)
                    .append(" list-view-pf-icon-lg '></i></div></li>");
        }
        return page("login-select-authenticator", "<ul>" + list + "</ul>");
    }

    private static Answer callback(String query) {
        return Answer.redirect("{site}/realms/r/account/?" + query);
    }

    /** What follows every sign-in: a code without a page, tokens, the profile. */
    private void profileFollows() {
        site.then(asked -> callback("code=c2&state=" + asked.query().get("state")))
                .then(Answer.json("{\"access_token\":\"at\",\"refresh_token\":\"rt\"}"))
                .then(Answer.json("{\"username\":\"alice\"}"));
    }

    // --- what goes right

    @Test
    void aPasswordIsEnoughWhereTheRealmWantsNoMore() throws Exception {
        site.then(password("")).then(callback("state=x&code=c1"));
        profileFollows();

        FakeLogin login = login().run();

        assertThat(login.events())
                .containsExactly(
                        "deactivateAutoSuccessfulLogin",
                        "step open",
                        "step send password",
                        "notifySuccessfulLogin",
                        "step profile");
        assertThat(site.asked().get(1).form())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("username", "alice", "password", "alice-pw", "credentialId", ""));
        assertThat(login.documents())
                .singleElement()
                .satisfies(
                        document -> {
                            assertThat(document.name()).isEqualTo("profile.json");
                            assertThat(document.mediaType()).isEqualTo("application/json");
                            assertThat(new String(document.content(), StandardCharsets.UTF_8))
                                    .isEqualTo("{\"username\":\"alice\"}");
                        });
        assertThatTokensWereAskedForRightly();
    }

    private void assertThatTokensWereAskedForRightly() throws Exception {
        Asked auth = site.asked().get(2);
        Asked token = site.asked().get(3);
        Asked profile = site.asked().get(4);
        assertThat(auth.query())
                .containsEntry("client_id", "account-console")
                .containsEntry("prompt", "none")
                .containsEntry("redirect_uri", site.address() + "/realms/r/account/");
        byte[] verifier =
                token.form().getOrDefault("code_verifier", "").getBytes(StandardCharsets.US_ASCII);
        assertThat(auth.query().get("code_challenge"))
                .isEqualTo(
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(
                                        MessageDigest.getInstance("SHA-256").digest(verifier)));
        assertThat(token.form()).containsEntry("code", "c2");
        assertThat(profile.headers().get("Authorization")).isEqualTo("Bearer at");
        assertThat(profile.headers().get("Accept")).isEqualTo("application/json");
    }

    @Test
    void aKeptSessionAsksNothing() {
        site.then(callback("code=c1"));
        profileFollows();

        FakeLogin login = login().unwatched().run();

        assertThat(login.questions()).isEmpty();
        assertThat(login.documents()).hasSize(1);
        assertThat(site.lines().getFirst()).isEqualTo("GET /realms/r/protocol/openid-connect/auth");
    }

    @Test
    void anotherClientCanBeConfigured() {
        site.then(Answer.redirect("https://app.example/cb?code=c1"))
                .then(
                        asked ->
                                Answer.redirect(
                                        "https://app.example/cb?code=c2&state="
                                                + asked.query().get("state")))
                .then(Answer.json("{\"access_token\":\"at\"}"))
                .then(Answer.json("{\"username\":\"alice\"}"));

        login().setting("client", "bank-web").setting("redirect", "https://app.example/cb").run();

        assertThat(site.asked().getFirst().query())
                .containsEntry("client_id", "bank-web")
                .containsEntry("redirect_uri", "https://app.example/cb");
    }

    @Test
    void aWrongCodeIsAskedForAgainWithTheSitesWords() {
        site.then(password(""))
                .then(otp(""))
                .then(otp(error("otp", "Invalid authenticator code.")))
                .then(callback("code=c1"));
        profileFollows();

        FakeLogin login = login().answer("111 111").answer("222222").run();

        assertThat(login.questions())
                .extracting(q -> q.type(), q -> q.isRetry(), q -> q.prompt().orElse(""))
                .containsExactly(
                        tuple(TwoFaType.APP_CODE, false, ""),
                        tuple(TwoFaType.APP_CODE, true, "Invalid authenticator code."));
        assertThat(site.asked().get(2).form())
                .containsEntry("otp", "111111")
                .containsEntry("selectedCredentialId", "d1");
        assertThat(site.asked().get(3).form()).containsEntry("otp", "222222");
    }

    @Test
    void oneOfSeveralDevicesIsChosenAndKeptForTheNextTry() {
        site.then(password(""))
                .then(otp(DEVICES))
                .then(otp(DEVICES + error("otp", "Invalid authenticator code.")))
                .then(callback("code=c1"));
        profileFollows();

        FakeLogin login =
                login().answer(q -> q.choices().get(1).id())
                        .answer("111111")
                        .answer("222222")
                        .run();

        assertThat(login.questions().getFirst().choices())
                .extracting("id", "label")
                .containsExactly(tuple("d1", "phone"), tuple("d2", "tablet"));
        assertThat(site.asked().get(2).form()).containsEntry("selectedCredentialId", "d2");
        assertThat(site.asked().get(3).form()).containsEntry("selectedCredentialId", "d2");
    }

    @Test
    void aPageForRecoveryCodesAsksForOneByItsNumber() {
        site.then(password("")).then(recovery("")).then(callback("code=c1"));
        profileFollows();

        FakeLogin login = login().answer("CAROLCODEAA1").run();

        assertThat(login.questions())
                .singleElement()
                .satisfies(
                        question -> {
                            assertThat(question.type()).isEqualTo(TwoFaType.RECOVERY_CODE);
                            assertThat(question.prompt()).contains("Recovery code #3");
                        });
        assertThat(site.asked().get(2).form()).containsEntry("recoveryCodeInput", "CAROLCODEAA1");
    }

    @Test
    void whoWantsToUseARecoveryCodeGetsThereByTheOtherWay() {
        site.then(password(""))
                .then(otp(OTHER_WAY))
                .then(methods("fa-mobile", "fa-list"))
                .then(recovery(OTHER_WAY))
                .then(callback("code=c1"));
        profileFollows();

        FakeLogin login = login(Map.of("second-factor", "recovery")).answer("CODE").run();

        assertThat(site.asked().get(2).form()).containsEntry("tryAnotherWay", "on");
        assertThat(site.asked().get(3).form()).containsEntry("authenticationExecution", "fa-list");
        assertThat(login.questions()).extracting("type").containsExactly(TwoFaType.RECOVERY_CODE);
    }

    @Test
    void whoIsAskedForOneMethodMayTakeTheOtherAndComeBack() {
        site.then(password(""))
                .then(otp(OTHER_WAY))
                .then(methods("fa-mobile", "fa-list"))
                .then(recovery(OTHER_WAY))
                .then(methods("fa-mobile", "fa-list"))
                .then(otp(OTHER_WAY))
                .then(methods("fa-mobile", "fa-list"))
                .then(recovery(OTHER_WAY))
                .then(callback("code=c1"));
        profileFollows();

        FakeLogin login =
                login().wants(TwoFaType.RECOVERY_CODE)
                        .wants(TwoFaType.APP_CODE)
                        .wants(TwoFaType.RECOVERY_CODE)
                        .answer("CODE")
                        .run();

        assertThat(login.questions())
                .extracting("type")
                .containsExactly(
                        TwoFaType.APP_CODE,
                        TwoFaType.RECOVERY_CODE,
                        TwoFaType.APP_CODE,
                        TwoFaType.RECOVERY_CODE);
        assertThat(site.asked().get(8).form()).containsEntry("recoveryCodeInput", "CODE");
    }

    @Test
    void anotherWayThatNeedsABrowserIsNoneAndIsNotOfferedTwice() {
        site.then(password(""))
                .then(otp(OTHER_WAY))
                .then(methods("fa-mobile", "fa-key"))
                .then(otp(OTHER_WAY))
                .then(callback("code=c1"));
        profileFollows();

        FakeLogin login = login().wants(TwoFaType.RECOVERY_CODE).answer("111111").run();

        assertThat(login.questions())
                .extracting(q -> q.type(), q -> q.methods().isEmpty())
                .containsExactly(tuple(TwoFaType.APP_CODE, false), tuple(TwoFaType.APP_CODE, true));
        assertThat(site.asked().get(4).form()).containsEntry("otp", "111111");
    }

    @Test
    void aSecurityKeyIsPassedByWhereThereIsAnotherMethod() {
        site.then(password(""))
                .then(page("login-webauthn-authenticate", OTHER_WAY))
                .then(methods("fa-key", "fa-mobile"))
                .then(otp(OTHER_WAY))
                .then(callback("code=c1"));
        profileFollows();

        login().answer("111111").run();

        assertThat(site.asked().get(3).form())
                .containsEntry("authenticationExecution", "fa-mobile");
    }

    @Test
    void twoSecondFactorsAreAskedForOneAfterTheOther() {
        site.then(password(""))
                .then(otp(""))
                .then(
                        page(
                                "login-email-code",
                                "<p id=email-code-sent>We sent a code to n…@example.org.</p>"
                                        + form("kc-email-code-form", "<input name=emailCode>")))
                .then(callback("code=c1"));
        profileFollows();

        FakeLogin login = login().answer("111111").answer("222222").run();

        assertThat(login.questions())
                .extracting(q -> q.type(), q -> q.isRetry())
                .containsExactly(tuple(TwoFaType.APP_CODE, false), tuple(TwoFaType.EMAIL, false));
        assertThat(site.asked().get(3).form()).containsEntry("emailCode", "222222");
    }

    @Test
    void userNameAndPasswordMayStandOnTwoPages() {
        site.then(page("login-login-username", form("kc-form-login", "<input name=username>")))
                .then(page("login-login-password", form("kc-form-login", "<input name=password>")))
                .then(callback("code=c1"));
        profileFollows();

        login().run();

        assertThat(site.asked().get(1).form()).containsExactly(Map.entry("username", "alice"));
        assertThat(site.asked().get(2).form()).containsExactly(Map.entry("password", "alice-pw"));
    }

    @Test
    void anAdoptedRunGoesOnWithoutRepeatingItsSteps() {
        site.then(password("")).then(otp(""));
        FakeLogin dead = login();
        assertThatThrownBy(dead::run).isInstanceOf(ConnectorFailure.class);
        site.then(callback("code=c1"));
        profileFollows();

        FakeLogin adopter = login().adopting(dead).answer("111111").run();

        assertThat(adopter.events())
                .containsExactly(
                        "deactivateAutoSuccessfulLogin",
                        "ask APP_CODE",
                        "step send code",
                        "notifySuccessfulLogin",
                        "step profile");
        assertThat(site.isDone()).isTrue();
    }

    // --- how it ends otherwise

    static Stream<Arguments> ends() {
        Function<String, Answer> sendsBack = KeycloakConnectorTest::callback;
        return Stream.of(
                arguments(
                        "wrong password",
                        List.of(
                                password(""),
                                password(error("username", "Invalid username or password."))),
                        Reason.LOGIN_FAILED,
                        "Invalid username or password."),
                arguments(
                        "temporarily disabled, said so",
                        List.of(
                                password(""),
                                password(error("username", "Account is temporarily disabled."))),
                        Reason.LOGIN_FAILED_TOO_MANY_ATTEMPTS,
                        "Account is temporarily disabled."),
                arguments(
                        "disabled account",
                        List.of(password(""), password(alert("Account is disabled."))),
                        Reason.LOGIN_FAILED_TOO_MANY_ATTEMPTS,
                        "Account is disabled."),
                arguments(
                        "code page too old",
                        List.of(
                                password(""),
                                otp(""),
                                Answer.redirect(
                                        "{site}/realms/r/login-actions/authenticate?tab_id=t"),
                                password(alert("Your login attempt timed out."))),
                        Reason.USER_ACTION_NEEDED_SITE_EXPIRED,
                        "Your login attempt timed out."),
                arguments(
                        "code not judged",
                        List.of(password(""), otp(""), otp("")),
                        Reason.USER_ACTION_NEEDED_SITE_EXPIRED,
                        ""),
                arguments(
                        "page expired",
                        List.of(password(""), page("login-login-page-expired", "")),
                        Reason.USER_ACTION_NEEDED_SITE_EXPIRED,
                        "Title"),
                arguments(
                        "login begun anew",
                        List.of(password(""), password("")),
                        Reason.USER_ACTION_NEEDED_SITE_EXPIRED,
                        ""),
                arguments(
                        "form after the end",
                        List.of(
                                password(""),
                                sendsBack.apply(
                                        "error=temporarily_unavailable&error_description=authentication_expired")),
                        Reason.USER_ACTION_NEEDED_SITE_EXPIRED,
                        ""),
                arguments(
                        "cookies lost",
                        List.of(
                                password(""),
                                Answer.html(
                                        400,
                                        "<body data-page-id=login-error><div"
                                                + " id=kc-error-message><p>Restart login cookie not"
                                                + " found.</p></div>")),
                        Reason.USER_ACTION_NEEDED_SITE_EXPIRED,
                        "Restart login cookie not found."),
                arguments(
                        "locked while codes are tried",
                        List.of(
                                password(""),
                                otp(""),
                                otp(error("otp", "Account is temporarily disabled."))),
                        Reason.LOGIN_FAILED_TOO_MANY_ATTEMPTS,
                        "Account is temporarily disabled."),
                arguments(
                        "three wrong codes",
                        List.of(
                                password(""),
                                otp(""),
                                otp(error("otp", "Invalid.")),
                                otp(error("otp", "Invalid.")),
                                otp(error("otp", "Invalid at last."))),
                        Reason.USER_ACTION_NEEDED_WRONG_TWOFA_CODE,
                        "Invalid at last."),
                arguments(
                        "new password wanted",
                        List.of(
                                password(""),
                                page(
                                        "login-login-update-password",
                                        form("kc-passwd-update-form", ""))),
                        Reason.USER_ACTION_NEEDED_CHANGE_PASSWORD,
                        "Title"),
                arguments(
                        "terms",
                        List.of(password(""), page("login-terms", "")),
                        Reason.USER_ACTION_NEEDED_CGU_FORM,
                        "Title"),
                arguments(
                        "set up an authenticator first",
                        List.of(password(""), page("login-login-config-totp", "")),
                        Reason.USER_ACTION_NEEDED,
                        "Title"),
                arguments(
                        "verify the e-mail address",
                        List.of(password(""), page("login-login-verify-email", "")),
                        Reason.USER_ACTION_NEEDED,
                        "Title"),
                arguments(
                        "some other required action",
                        List.of(
                                password(""),
                                Answer.redirect(
                                        "{site}/realms/r/login-actions/required-action?execution=X"),
                                page("login-update-user-profile", "")),
                        Reason.USER_ACTION_NEEDED,
                        "Title"),
                arguments(
                        "consent",
                        List.of(password(""), page("login-login-oauth-grant", "")),
                        Reason.USER_ACTION_NEEDED_PERMISSIONS_CHANGED,
                        "Title"),
                arguments(
                        "security key only",
                        List.of(password(""), page("login-webauthn-authenticate", "")),
                        Reason.USER_ACTION_NEEDED_WEBAUTH_REQUIRED,
                        ""),
                arguments(
                        "several security keys only",
                        List.of(
                                password(""),
                                page("login-webauthn-authenticate", OTHER_WAY),
                                methods("fa-key", "fa-key")),
                        Reason.USER_ACTION_NEEDED_WEBAUTH_REQUIRED,
                        ""),
                arguments(
                        "a page that nobody knows",
                        List.of(password(""), page("login-new-thing", "")),
                        Reason.CHALLENGE_ASKED,
                        ""),
                arguments(
                        "no such client",
                        List.of(
                                Answer.html(
                                        400,
                                        "<body data-page-id=login-error><p"
                                                + " id=kc-error-message>Client not found.</p>")),
                        Reason.UNKNOWN_ERROR,
                        "Client not found."),
                arguments(
                        "no Keycloak at all",
                        List.of(Answer.html(404, "<h1>Not found</h1>")),
                        Reason.UNKNOWN_ERROR,
                        ""),
                arguments(
                        "login page without its form",
                        List.of(page("login-login", "")),
                        Reason.UNKNOWN_ERROR,
                        ""),
                arguments(
                        "server error",
                        List.of(password(""), Answer.html(502, "")),
                        Reason.VENDOR_DOWN,
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void eachPageEndsWithItsReason(String name, List<Answer> pages, Reason reason, String words) {
        pages.forEach(site::then);

        ConnectorFailure failure =
                catchThrowableOfType(
                        ConnectorFailure.class,
                        () -> login().answer("111111").answer("222222").answer("333333").run());

        assertThat(failure.reason()).as(name + ": " + failure.detail()).isEqualTo(reason);
        assertThat(failure.siteWords().orElse("")).isEqualTo(words);
        assertThat(site.isDone()).isTrue();
    }

    @Test
    void aRunThatNobodyWatchesStopsAtTheCodePage() {
        site.then(password("")).then(otp(DEVICES));

        ConnectorFailure failure =
                catchThrowableOfType(ConnectorFailure.class, () -> login().unwatched().run());

        assertThat(failure.reason()).isEqualTo(Reason.USER_ACTION_NEEDED_TWOFA_EXPIRED);
        assertThat(site.asked()).hasSize(2);
    }

    @Test
    void aProfileThatMayNotBeReadIsSaidSo() {
        site.then(callback("code=c1"))
                .then(asked -> callback("code=c2&state=" + asked.query().get("state")))
                .then(Answer.json("{\"access_token\":\"at\"}"))
                .then(new Answer(403, "Content-Type", "application/json", "{}"));

        assertThatThrownBy(() -> login().run())
                .hasMessage("The account's profile cannot be read (status 403).");
    }

    @ParameterizedTest
    @CsvSource({
        "https://x.org/realms/r, https://x.org/realms/r",
        "https://x.org/realms/r/, https://x.org/realms/r",
        "https://x.org/auth/realms/r/account/#/x, https://x.org/auth/realms/r",
        "https://x.org/realms/r?x=1, https://x.org/realms/r"
    })
    void anyAddressInsideTheRealmWillDo(String typed, String realm) {
        assertThat(Realm.of(typed, Map.of()).address()).isEqualTo(realm);
        assertThat(connector.info().fields().getFirst().problem(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"https://x.org", "x.org/realms/r", "https://x.org/realms/"})
    void whatIsNoRealmIsNamed(String typed) {
        assertThatThrownBy(() -> Realm.of(typed, Map.of()))
                .isInstanceOf(ConnectorFailure.class)
                .hasMessage(
                        "The address is not that of a realm: must be as in"
                                + " https://login.example.org/realms/home.");
    }
}
