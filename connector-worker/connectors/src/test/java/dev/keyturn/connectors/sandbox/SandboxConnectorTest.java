package dev.keyturn.connectors.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.keyturn.connectors.ConnectorTest;
import dev.keyturn.connectors.FakeLogin;
import dev.keyturn.connectors.ScriptedSite.Answer;
import dev.keyturn.sdk.CodeFormat;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.TwoFaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SandboxConnectorTest extends ConnectorTest {

    private FakeLogin login(String who) {
        return new FakeLogin(
                        new SandboxConnector(),
                        sessions,
                        Map.of("login", who, "password", "sandbox"))
                .setting("address", site.address() + "/");
    }

    // --- pages

    private static Answer page(String name, String body) {
        return Answer.html("<body data-page='%s'><main>%s</main></body>".formatted(name, body));
    }

    private static Answer signIn(String error) {
        return page(
                "sign-in",
                error
                        + "<form id=sign-in method=post action=/sign-in>"
                        + "<input type=hidden name=csrf value=t><input name=login>"
                        + "<input name=password type=password></form>");
    }

    private static Answer verify() {
        return page(
                "verify",
                "<form id=send method=post action=/verify data-type=SMS>"
                        + "<input type=hidden name=csrf value=t></form>");
    }

    private static Answer code(String type, String error) {
        return page(
                "code",
                "<span class=prompt>Type it.</span> <strong class=destination>••42</strong>"
                        + error
                        + "<form id=code method=post action=/code data-type=%s data-digits=6>"
                                .formatted(type)
                        + "<input type=hidden name=csrf value=t><input name=code></form>");
    }

    private static String error(String words) {
        return "<p class=error>" + words + "</p>";
    }

    private static Answer statements() {
        return page(
                "statements",
                "<a class=statement href=/statements/2026-01.pdf data-name='Statement of"
                        + " January'>x</a>");
    }

    private static Answer toStatements() {
        return Answer.redirect("/statements");
    }

    private static Answer pdf() {
        return new Answer(200, "Content-Type", "application/pdf", "%PDF");
    }

    // --- what goes right

    @Test
    void aCodeBySmsIsAskedForAfterTheSiteWasMadeToSendIt() {
        site.then(signIn(""))
                .then(Answer.redirect("/verify"))
                .then(verify())
                .then(Answer.redirect("/code"))
                .then(code("SMS", ""))
                .then(code("SMS", error("This code is not right.")))
                .then(toStatements())
                .then(statements())
                .then(pdf());

        FakeLogin login = login("ada").answer("111-111").answer("222222").run();

        assertThat(login.events())
                .containsExactly(
                        "deactivateAutoSuccessfulLogin",
                        "step testSession",
                        "step signIn",
                        "once ask for message",
                        "ask SMS",
                        "step send code",
                        "ask SMS",
                        "step send code",
                        "notifySuccessfulLogin");
        assertThat(login.questions())
                .extracting(
                        q -> q.type(),
                        q -> q.destination().orElse(""),
                        q -> q.prompt().orElse(""),
                        q -> q.format(),
                        q -> q.isRetry())
                .containsExactly(
                        tuple(TwoFaType.SMS, "••42", "Type it.", CodeFormat.digits(6), false),
                        tuple(
                                TwoFaType.SMS,
                                "••42",
                                "This code is not right.",
                                CodeFormat.digits(6),
                                true));
        assertThat(site.lines())
                .containsExactly(
                        "GET /sign-in",
                        "POST /sign-in",
                        "GET /verify",
                        "POST /verify",
                        "GET /code",
                        "POST /code",
                        "POST /code",
                        "GET /statements",
                        "GET /statements/2026-01.pdf");
        assertThat(site.asked().get(5).form()).containsEntry("code", "111111");
        assertThat(login.documents())
                .extracting("name", "mediaType")
                .containsExactly(tuple("Statement of January", "application/pdf"));
    }

    @Test
    void anotherMessageAndAnotherWayAreAskedOfTheSiteAndThePageOfTheLastIsTheOneThatIsSent() {
        site.then(signIn(""))
                .then(Answer.redirect("/code"))
                .then(codeWithWays("SMS", "one", "EMAIL"))
                .then(Answer.redirect("/code"))
                .then(codeWithWays("SMS", "two", "EMAIL"))
                .then(Answer.redirect("/code"))
                .then(codeWithWays("EMAIL", "three", "SMS"))
                .then(toStatements())
                .then(statements())
                .then(pdf());

        FakeLogin login = login("ada").wantsAnother().wants(TwoFaType.EMAIL).answer("222222").run();

        assertThat(login.questions())
                .extracting(
                        q -> q.type(),
                        q -> q.resendFrom().orElseThrow(),
                        q -> q.extendableTo().orElseThrow(),
                        q -> List.copyOf(q.methods().keySet()))
                .containsExactly(
                        tuple(TwoFaType.SMS, AGAIN, UNTIL, List.of(TwoFaType.EMAIL)),
                        tuple(TwoFaType.SMS, AGAIN, UNTIL, List.of(TwoFaType.EMAIL)),
                        tuple(TwoFaType.EMAIL, AGAIN, UNTIL, List.of(TwoFaType.SMS)));
        assertThat(login.events())
                .containsSubsequence(
                        "ask SMS",
                        "once next round",
                        "ask SMS",
                        "once next round",
                        "ask EMAIL",
                        "step send code");
        assertThat(site.lines().subList(3, 8))
                .containsExactly(
                        "POST /code/resend",
                        "GET /code",
                        "POST /code/method",
                        "GET /code",
                        "POST /code");
        assertThat(site.asked().get(5).form()).containsEntry("method", "EMAIL");
        assertThat(site.asked().get(7).form())
                .containsEntry("code", "222222")
                .containsEntry("csrf", "three");
    }

    private static final Instant AGAIN = Instant.parse("2026-05-01T12:00:10Z");
    private static final Instant UNTIL = Instant.parse("2026-05-01T12:05:00Z");

    private static Answer codeWithWays(String type, String csrf, String other) {
        return page(
                "code",
                "<form id=code method=post action=/code data-type=%s data-digits=6 data-until=%s>"
                                .formatted(type, UNTIL)
                        + "<input type=hidden name=csrf value=%s><input name=code></form>"
                                .formatted(csrf)
                        + "<form id=resend method=post action=/code/resend data-resend-from=%s>"
                                .formatted(AGAIN)
                        + "<input type=hidden name=csrf value=t></form>"
                        + "<form class=other method=post action=/code/method data-type=%s>"
                                .formatted(other)
                        + "<input type=hidden name=method value=%s></form>".formatted(other));
    }

    @Test
    void aKeptSessionAsksNothing() {
        site.then(signIn("")).then(toStatements()).then(statements()).then(pdf());
        FakeLogin first = login("emil").run();
        site.then(Answer.html(404, "<body data-page=error>")).then(statements()).then(pdf());

        FakeLogin second = login("emil").keeping(first).unwatched().run();

        assertThat(second.documents()).hasSize(1);
        assertThat(site.lines().subList(4, 7))
                .containsExactly(
                        "GET /statements/none.pdf",
                        "GET /statements",
                        "GET /statements/2026-01.pdf");
    }

    @Test
    void aKeptSessionThatTheSiteEndedIsNoSession() {
        site.then(signIn("")).then(toStatements()).then(statements()).then(pdf());
        FakeLogin first = login("emil").run();
        site.then(Answer.redirect("/sign-in"))
                .then(signIn(""))
                .then(signIn(""))
                .then(toStatements())
                .then(statements())
                .then(pdf());

        FakeLogin second = login("emil").keeping(first).run();

        assertThat(second.documents()).hasSize(1);
        assertThat(site.isDone()).isTrue();
    }

    @Test
    void aRunThatNobodyWatchesMakesTheSiteSendNothing() {
        site.then(signIn("")).then(Answer.redirect("/verify")).then(verify());

        ConnectorFailure failure =
                catchThrowableOfType(ConnectorFailure.class, () -> login("ada").unwatched().run());

        assertThat(failure.reason()).isEqualTo(Reason.USER_ACTION_NEEDED_TWOFA_EXPIRED);
        assertThat(site.lines()).containsExactly("GET /sign-in", "POST /sign-in", "GET /verify");
    }

    @Test
    void aQuietLoginCallsNoVerb() {
        site.then(signIn("")).then(toStatements()).then(statements()).then(pdf());

        FakeLogin login = login("quiet-ok").run();

        assertThat(login.events()).containsExactly("step testSession", "step signIn");
        assertThat(login.documents()).hasSize(1);
    }

    @Test
    void aQuietLoginFailsWhenTheSiteEndsTheSessionAtOnce() {
        site.then(signIn(""))
                .then(toStatements())
                .then(Answer.redirect("/sign-in"))
                .then(signIn(""));
        FakeLogin login = login("quiet-fail");

        ConnectorFailure failure = catchThrowableOfType(ConnectorFailure.class, login::run);

        assertThat(failure.reason()).isEqualTo(Reason.LOGIN_FAILED);
        assertThat(login.events()).containsExactly("step testSession", "step signIn");
    }

    @Test
    void anAdoptedRunAsksForNoSecondMessage() {
        site.then(signIn(""))
                .then(Answer.redirect("/verify"))
                .then(verify())
                .then(Answer.redirect("/code"))
                .then(code("SMS", ""));
        FakeLogin dead = login("ada");
        assertThatThrownBy(dead::run).isInstanceOf(ConnectorFailure.class);
        site.then(toStatements()).then(statements()).then(pdf());

        FakeLogin adopter = login("ada").adopting(dead).answer("111111").run();

        assertThat(adopter.events())
                .containsExactly(
                        "deactivateAutoSuccessfulLogin",
                        "ask SMS",
                        "step send code",
                        "notifySuccessfulLogin");
        assertThat(site.isDone()).isTrue();
    }

    // --- how it ends otherwise

    static Stream<Arguments> ends() {
        return Stream.of(
                arguments(
                        "wrong password",
                        List.of(signIn(""), signIn(error("Wrong login or password."))),
                        Reason.LOGIN_FAILED,
                        "Wrong login or password."),
                arguments(
                        "new password wanted",
                        List.of(
                                signIn(""),
                                Answer.redirect("/change-password"),
                                page("change-password", "<p>It is too old.</p>")),
                        Reason.USER_ACTION_NEEDED_CHANGE_PASSWORD,
                        "It is too old."),
                arguments(
                        "locked",
                        List.of(
                                signIn(""),
                                page(
                                        "locked",
                                        "<p class=error data-until=2026-03-01T12:00:00Z>Too"
                                                + " many.</p>")),
                        Reason.LOGIN_FAILED_TOO_MANY_ATTEMPTS,
                        "Too many."),
                arguments(
                        "four wrong codes",
                        List.of(
                                signIn(""),
                                code("APP_CODE", ""),
                                code("APP_CODE", error("1")),
                                code("APP_CODE", error("2")),
                                code("APP_CODE", error("3")),
                                code("APP_CODE", error("4"))),
                        Reason.USER_ACTION_NEEDED_WRONG_TWOFA_CODE,
                        "4"),
                arguments(
                        "sign-in forgotten meanwhile",
                        List.of(
                                signIn(""),
                                code("APP_CODE", ""),
                                Answer.redirect("/sign-in"),
                                signIn("")),
                        Reason.USER_ACTION_NEEDED_SITE_EXPIRED,
                        ""),
                arguments(
                        "code of a new kind",
                        List.of(signIn(""), code("FAX", "")),
                        Reason.CHALLENGE_ASKED,
                        ""),
                arguments(
                        "a page that nobody knows",
                        List.of(signIn(""), page("survey", "")),
                        Reason.CHALLENGE_ASKED,
                        ""),
                arguments(
                        "no form at first", List.of(page("sign-in", "")), Reason.UNKNOWN_ERROR, ""),
                arguments(
                        "no form after the password",
                        List.of(signIn(""), page("sign-in", "")),
                        Reason.UNKNOWN_ERROR,
                        ""),
                arguments(
                        "server error",
                        List.of(signIn(""), Answer.html(500, "")),
                        Reason.VENDOR_DOWN,
                        ""),
                arguments(
                        "redirect to an address that is not allowed",
                        List.of(signIn(""), Answer.redirect("http://169.254.169.254/x")),
                        Reason.UNKNOWN_ERROR,
                        ""),
                arguments(
                        "statement that is no PDF",
                        List.of(signIn(""), toStatements(), statements(), Answer.html("x")),
                        Reason.UNKNOWN_ERROR_PARTIAL_SYNC,
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void eachPageEndsWithItsReason(String name, List<Answer> pages, Reason reason, String words) {
        pages.forEach(site::then);
        FakeLogin login = login("cleo");
        for (int i = 0; i < 4; i++) {
            login.answer("111111");
        }

        ConnectorFailure failure = catchThrowableOfType(ConnectorFailure.class, login::run);

        assertThat(failure.reason()).as(name + ": " + failure.detail()).isEqualTo(reason);
        assertThat(failure.siteWords().orElse("")).isEqualTo(words);
        assertThat(site.isDone()).isTrue();
    }

    @Test
    void aLockSaysUntilWhen() {
        site.then(signIn(""))
                .then(page("locked", "<p class=error data-until=2026-03-01T12:00:00Z>x</p>"));

        ConnectorFailure failure =
                catchThrowableOfType(ConnectorFailure.class, () -> login("ada").run());

        assertThat(failure.until()).contains(Instant.parse("2026-03-01T12:00:00Z"));
    }
}
