package dev.keyturn.local.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.local.FakeHome;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.terminal.FakeTerminal;
import dev.keyturn.local.terminal.Terminal;
import dev.keyturn.local.terminal.WrongUse;
import dev.keyturn.wire.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignInTest {

    private static final List<String> ADA = List.of("login=ada", "password=sandbox");

    private final FakeHome home = new FakeHome();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void closeHome() {
        home.close();
    }

    @Test
    void aNewAccountIsCalledAfterItsFirstFieldAndItsValuesAreSealed() {
        assertThat(signIn(FakeTerminal.nobody(), request(ADA))).isZero();
        assertThat(home.credentials).containsExactly(Map.of("login", "ada", "password", "sandbox"));
        assertThat(out.toString()).contains("Queued", "Signing in", "Done", "ada is connected.");
    }

    @Test
    void anAccountThatIsThereIsReusedWithWhatItHas() {
        home.withAccount("ada");
        assertThat(signIn(FakeTerminal.nobody(), request(ADA))).isZero();
        assertThat(home.credentials).isEmpty();
        assertThat(home.requests).doesNotContain("POST /api/accounts");
    }

    @Test
    void anAccountThatIsBeingErasedGivesWayToANewOne() {
        home.withErasedAccount("ada");
        String erased = home.lastAccount();
        assertThat(signIn(FakeTerminal.nobody(), request(ADA))).isZero();
        assertThat(home.requests)
                .contains(
                        "POST /api/accounts", "POST /api/accounts/" + home.lastAccount() + "/runs")
                .doesNotContain("POST /api/accounts/" + erased + "/runs");
    }

    @Test
    void blanksAroundALabelDoNotCount() {
        Request request = new Request("sandbox", " x ", ADA, false, false, null, false, false);
        assertThat(signIn(FakeTerminal.nobody(), request)).isZero();
        assertThat(signIn(FakeTerminal.nobody(), request)).isZero();
        assertThat(home.requests).containsOnlyOnce("POST /api/accounts");
    }

    @Test
    void givenFieldsReplaceThoseThatTheSiteRefused() {
        home.afterAFailure("LOGIN_FAILED").withAccount("ada");
        signIn(FakeTerminal.nobody(), request(ADA));
        assertThat(home.credentials).containsExactly(Map.of("login", "ada", "password", "sandbox"));
    }

    @Test
    void givenFieldsDoNotReplaceAfterAnotherFailure() {
        home.afterAFailure("VENDOR_DOWN").withAccount("ada");
        signIn(FakeTerminal.nobody(), request(ADA));
        assertThat(home.credentials).isEmpty();
    }

    @Test
    void updateReplacesThem() {
        home.withAccount("ada");
        signIn(
                FakeTerminal.nobody(),
                new Request("sandbox", null, ADA, true, false, null, false, false));
        assertThat(home.credentials).hasSize(1);
    }

    @Test
    void freshAndBackgroundAreHandedOn() {
        signIn(
                FakeTerminal.nobody(),
                new Request("sandbox", null, ADA, false, true, null, true, false));
        assertThat(home.runRequests)
                .singleElement()
                .satisfies(
                        run -> {
                            assertThat(run.path("trigger").asText()).isEqualTo("SCHEDULED");
                            assertThat(run.path("fresh").asBoolean()).isTrue();
                        });
    }

    @Test
    void aPersonTypesTheCodeAndIsAskedAgainAfterAWrongOne() {
        home.wanting("123456");
        assertThat(signIn(FakeTerminal.typing("000000", "123456"), request(ADA))).isZero();
        assertThat(home.codes).containsExactly("000000", "123456");
        assertThat(out.toString())
                .contains("Enter the code sent to you by SMS (••42)")
                .contains("Invalid code, please re-enter. The site says: Wrong!")
                .doesNotContain("\u001b")
                .doesNotContain("\u0007");
    }

    @Test
    void aCodeOfTheWrongFormIsAskedAgainBeforeAnythingIsSent() {
        home.wanting("123456");
        assertThat(signIn(FakeTerminal.typing("12345", "123 456x", "123456"), request(ADA)))
                .isZero();
        assertThat(home.codes).containsExactly("123456");
        assertThat(out.toString()).contains("Enter the 6 digits of the code.");
    }

    @Test
    void aCommandGivesTheCode() {
        home.wanting("123456");
        assertThat(signIn(FakeTerminal.nobody(), codeFrom("echo 123456"))).isZero();
        assertThat(home.codes).containsExactly("123456");
        assertThat(out.toString() + err).doesNotContain("123456");
    }

    @Test
    void theSecondWrongCodeOfACommandEndsTheSignIn() {
        home.wanting("123456");
        assertThat(signIn(FakeTerminal.nobody(), codeFrom("echo 000000"))).isEqualTo(10);
        assertThat(home.codes).containsExactly("000000", "000000");
        assertThat(out.toString()).contains("Two codes were wrong");
    }

    @Test
    void aCommandWithoutACodeEndsTheSignIn() {
        home.wanting("123456");
        assertThat(signIn(FakeTerminal.nobody(), codeFrom("exit 1"))).isEqualTo(10);
        assertThat(home.codes).isEmpty();
        assertThat(out.toString()).contains("The command gave no code");
    }

    @Test
    void aCodeOfACommandThatIsTooLongEndsTheSignIn() {
        home.wanting("123456");
        assertThat(signIn(FakeTerminal.nobody(), codeFrom("printf '%0300d' 1"))).isEqualTo(10);
        assertThat(home.codes).isEmpty();
        assertThat(out.toString())
                .contains("A code has at most 256 characters; this one has 300.")
                .contains("The sign-in is ended.");
    }

    @Test
    void aCommandThatLastsUntilTheDeadlineIsNoCommandThatGaveUp() {
        home.wanting("123456").withDeadlineIn(Duration.ofMillis(700));
        assertThat(signIn(FakeTerminal.nobody(), codeFrom("sleep 300; echo 1"))).isEqualTo(11);
        assertThat(out.toString())
                .contains("No code was entered in time")
                .doesNotContain("The command gave no code");
        assertThat(home.requests).noneMatch(request -> request.endsWith("/cancel"));
    }

    @Test
    void aRunThatEndsOtherwiseThanByOurCancellingKeepsItsReason() {
        UUID id = UUID.randomUUID();
        assertThat(failed("USER_ACTION_NEEDED.TWOFA_CANCELLED", id).exitCode(true)).isEqualTo(10);
        assertThat(failed("USER_ACTION_NEEDED.TWOFA_CANCELLED", id).exitCode(false)).isEqualTo(13);
        assertThat(failed("USER_ACTION_NEEDED.TWOFA_EXPIRED", id).exitCode(true)).isEqualTo(11);
        assertThat(failed("VENDOR_DOWN", id).exitCode(true)).isEqualTo(12);
    }

    private static Outcome failed(String reason, UUID id) {
        return new Outcome("FAILED", reason, id, id);
    }

    @Test
    void aSubmissionWithoutAVerdictIsSentAgain() {
        home.wanting("123456").answeringLate(2);
        assertThat(signIn(FakeTerminal.nobody(), codeFrom("echo 123456"))).isZero();
        assertThat(home.codes).containsExactly("123456");
    }

    @Test
    void aRunThatIsOpenIsJoined() {
        home.withAccount("ada").withAnOpenRun().wanting("123456");
        assertThat(signIn(FakeTerminal.typing("123456"), request(ADA))).isZero();
        assertThat(err.toString()).contains("is going on already");
    }

    @Test
    void aFailureIsPutIntoWordsAndHasAnExitCode() {
        home.failing("LOGIN_FAILED");
        assertThat(signIn(FakeTerminal.nobody(), request(ADA))).isEqualTo(10);
        assertThat(out.toString())
                .contains("The site did not accept the login. (LOGIN_FAILED)")
                .contains("./keyturn sign-in sandbox --label 'ada' --update");
    }

    @Test
    void theHintCanBePastedIntoAShell() {
        home.failing("LOGIN_FAILED");
        Request request = new Request("sandbox", "it's me", ADA, false, false, null, false, false);
        signIn(FakeTerminal.nobody(), request);
        assertThat(out.toString()).contains("--label 'it'\\''s me' --update");
    }

    @Test
    void jsonIsOneEventALineAndTheOutcomeLast() throws Exception {
        home.failing("USER_ACTION_NEEDED.TWOFA_EXPIRED");
        Request request = new Request("sandbox", null, ADA, false, false, null, false, true);
        assertThat(signIn(FakeTerminal.nobody(), request)).isEqualTo(11);
        List<String> lines = out.toString().lines().toList();
        for (String line : lines) {
            assertThat(Json.mapper().readTree(line).isObject()).isTrue();
        }
        assertThat(lines).hasSize(4);
        JsonNode outcome = Json.mapper().readTree(lines.getLast());
        assertThat(outcome.path("outcome").asText()).isEqualTo("FAILED");
        assertThat(outcome.path("reason").asText()).isEqualTo("USER_ACTION_NEEDED.TWOFA_EXPIRED");
        assertThat(outcome.path("runId").asText()).isEqualTo(home.runId().toString());
        assertThat(outcome.has("accountId")).isTrue();
    }

    @Test
    void withJsonWhatIsSaidToThePersonStaysOutOfTheOutput() {
        home.wanting("123456");
        Request request =
                new Request("sandbox", null, ADA, false, false, "echo 123456", false, true);
        assertThat(signIn(FakeTerminal.nobody(), request)).isZero();
        assertThat(out.toString().lines()).allMatch(line -> line.startsWith("{"));
        assertThat(err.toString()).contains("Enter the code sent to you by SMS");
    }

    @Test
    void anUnknownConnectorIsNamedWithThoseThereAre() {
        Request request = new Request("none", null, ADA, false, false, null, false, false);
        assertThatThrownBy(() -> signIn(FakeTerminal.nobody(), request))
                .isInstanceOf(WrongUse.class)
                .hasMessage("There is no connector none; there are: sandbox");
    }

    @Test
    void aRealSitesSecretIsNotTakenFromAnArgument() {
        home.forRealSites();
        assertThatThrownBy(() -> signIn(FakeTerminal.nobody(), request(ADA)))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("password is a secret");
        assertThat(home.requests).containsExactly("GET /api/connectors");
    }

    @Test
    void oneCodeCanBeGivenByItself() {
        home.wanting("123456").asking();
        assertThat(oneCode(FakeTerminal.withInput("123456\n"), home.challengeId())).isZero();
        assertThat(home.codes).containsExactly("123456");
        assertThat(out.toString()).contains("Checking…");
    }

    @Test
    void whatTheSiteOffersIsSaidWithTheCommandThatAsksForIt() {
        home.wanting("123456").asking();
        oneCode(FakeTerminal.typing("123456"), home.challengeId());
        assertThat(out.toString())
                .contains("No code? ./keyturn code " + home.challengeId() + " --again (from ")
                .contains(" | --method EMAIL | --more SECONDS");
    }

    @Test
    void theOptionsOfCodeAskForSomethingElse() {
        home.wanting("123456").asking();
        UUID id = home.challengeId();
        OneCode one =
                new OneCode(
                        api(),
                        FakeTerminal.nobody(),
                        new PrintWriter(out, true),
                        Clock.systemUTC());
        assertThat(one.wish(() -> api().resend(id))).isZero();
        assertThat(one.wish(() -> api().method(id, "EMAIL"))).isZero();
        assertThatThrownBy(() -> one.wish(() -> api().extend(id, 60)))
                .isInstanceOf(WrongUse.class)
                .hasMessage("The site does not offer that now: no more time");
        assertThat(one.wish(() -> api().cancelChallenge(id))).isEqualTo(13);
        assertThat(home.wishes)
                .containsExactly(
                        "resend {}", "method {\"method\":\"EMAIL\"}", "extend {\"seconds\":60}");
        assertThat(home.codes).isEmpty();
    }

    @Test
    void noCodeIsWrongUse() {
        home.wanting("123456").asking();
        assertThatThrownBy(() -> oneCode(FakeTerminal.withInput("\n"), home.challengeId()))
                .isInstanceOf(WrongUse.class)
                .hasMessage("No code was given");
    }

    @Test
    void oneCodeThatIsTooLongIsWrongUse() {
        home.wanting("123456").asking();
        String code = "1".repeat(300);
        assertThatThrownBy(() -> oneCode(FakeTerminal.withInput(code), home.challengeId()))
                .isInstanceOf(WrongUse.class)
                .hasMessage("A code has at most 256 characters; this one has 300.");
    }

    private int signIn(Terminal terminal, Request request) {
        PrintWriter output = new PrintWriter(out, true);
        return new SignIn(api(), terminal, Map.of(), output, new PrintWriter(err, true))
                .run(request);
    }

    private int oneCode(Terminal terminal, UUID challenge) {
        PrintWriter output = new PrintWriter(out, true);
        return new OneCode(api(), terminal, output, Clock.systemUTC()).answer(challenge);
    }

    private HomeApi api() {
        return new HomeApi(home.url(), FakeHome.TOKEN, Optional.empty());
    }

    private static Request request(List<String> fields) {
        return with(fields, null);
    }

    private static Request codeFrom(String command) {
        return with(ADA, command);
    }

    private static Request with(List<String> fields, @Nullable String command) {
        return new Request("sandbox", null, fields, false, false, command, false, false);
    }
}
