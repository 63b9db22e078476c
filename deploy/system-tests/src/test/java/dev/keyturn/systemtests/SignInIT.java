package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.microsoft.playwright.BrowserContext;
import dev.keyturn.local.api.ApiFailure;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.api.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A person signs in to a site through a connector that stops, asks for a code, and goes on. */
@InTheWorld
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SignInIT {

    /** A second, and another for a machine on which other tests run. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static final AuthenticatorApp ALICE =
            new AuthenticatorApp("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
    private static final AuthenticatorApp CAROL =
            new AuthenticatorApp("KRSXG5CTMVRXEZLUKN2XAZLSKN2HE2LO");
    private static final AuthenticatorApp JUDY =
            new AuthenticatorApp("NBSWY3DPO5XXE3DENBSWY3DPO5XXE3DE");

    private static World world;

    @BeforeAll
    static void start() {
        world = World.get();
    }

    @Test
    @Order(2)
    void rightCodeSignsInAndTheKeptSessionAsksNothing() {
        Person person = world.person("right");
        try (BrowserContext browser = world.chromium().newPerson()) {
            HomePage home = HomePage.signIn(browser, person.loginLink());
            home.addAccount("Keycloak", labelled("alice", "alice-pw"));
            home.awaitPopup();
            home.answer(ALICE.code());
            home.awaitStatus("alice", "CONNECTED");
            Run first = person.end(person.home().runs(1).getFirst().id());
            home.awaitStatus("alice", "CONNECTED");
            assertThat(person.events(first.id()))
                    .containsExactly(
                            "RunQueued",
                            "LoginStarted",
                            "AutoSuccessDisabled",
                            "TwoFaRequested",
                            "TwoFaAnswered",
                            "LoginSucceeded",
                            "DocumentSaved",
                            "RunFinished");

            home.runNow("alice");
            Run second =
                    awaiting("the second run")
                            .until(
                                    () -> person.home().runs(1).getFirst(),
                                    r -> !r.id().equals(first.id()));
            assertThat(person.end(second.id()).state()).isEqualTo("DONE");
            assertThat(person.events(second.id()))
                    .contains("LoginSucceeded", "RunFinished")
                    .doesNotContain("TwoFaRequested");
            home.awaitNoPopup();
        }
    }

    @Test
    @Order(3)
    void wrongCodeIsToldAndTheRightOneIsIn() {
        Person person = world.person("wrong");
        try (BrowserContext browser = world.chromium().newPerson()) {
            HomePage home = HomePage.signIn(browser, person.loginLink());
            home.addAccount("Keycloak", labelled("judy", "judy-pw"));
            home.awaitPopup();
            home.answer(JUDY.wrongCode());
            home.awaitMessage("Invalid code, please re-enter.");
            home.answer(JUDY.code());
            home.awaitStatus("judy", "CONNECTED");
            assertThat(person.events(person.home().runs(1).getFirst().id()))
                    .containsSubsequence(
                            "TwoFaAnswered",
                            "TwoFaRejected",
                            "TwoFaRequested",
                            "TwoFaAnswered",
                            "LoginSucceeded");
        }
    }

    @Test
    @Order(4)
    void backgroundRunWithoutASessionPromptsNobodyAndTheSiteSendsNothing() {
        Person person = world.person("background");
        UUID account = person.addSandbox("ada-4");
        Run run = person.end(person.runInBackground(account));
        assertThat(run.reason()).isEqualTo("USER_ACTION_NEEDED.TWOFA_EXPIRED");
        assertThat(person.events(run.id())).doesNotContain("TwoFaRequested");
        assertThat(world.sandboxSite().logged("ada-4", "SIGN_IN")).isPositive();
        assertThat(world.sandboxSite().logged("ada-4", "MESSAGE")).isZero();
    }

    @Test
    @Order(5)
    void wrongPasswordIsToldWithoutAPromptAndCorrected() {
        Person person = world.person("password");
        try (BrowserContext browser = world.chromium().newPerson()) {
            HomePage home = HomePage.signIn(browser, person.loginLink());
            home.addAccount("Keycloak", labelled("bob", "not-his"));
            home.awaitStatus("bob", "FAILED");
            Run failed = person.home().runs(1).getFirst();
            assertThat(failed.reason()).isEqualTo("LOGIN_FAILED");
            assertThat(person.events(failed.id()))
                    .containsSubsequence("LoginFailed", "RunFailed")
                    .doesNotContain("TwoFaRequested");
            home.correctCredentials("bob", fields("bob", "bob-pw"));
            home.awaitStatus("bob", "CONNECTED");
        }
        UUID dave = person.add("keycloak", "dave", keycloak("dave"));
        assertThat(person.end(person.run(dave)).reason())
                .isEqualTo("USER_ACTION_NEEDED.CHANGE_PASSWORD");
    }

    @Test
    @Order(6)
    void siteThatIsDownIsTheVendorsMatter() {
        Person person = world.person("down");
        UUID nowhere =
                person.add(
                        "keycloak",
                        "nowhere",
                        Map.of(
                                "address", "http://127.0.0.1:9/realms/bank",
                                "username", "bob",
                                "password", "bob-pw"));
        assertThat(person.end(person.run(nowhere)).reason()).isEqualTo("VENDOR_DOWN");
        UUID emil = person.addSandbox("emil-6");
        world.sandboxSite().setDown(true);
        try {
            assertThat(person.end(person.run(emil)).reason()).isEqualTo("VENDOR_DOWN");
        } finally {
            world.sandboxSite().setDown(false);
        }
    }

    @Test
    @Order(7)
    void popupSurvivesAReloadAndClosesInTheOtherTabWhenTheFirstAnswers() {
        Person person = world.person("tabs");
        try (BrowserContext browser = world.chromium().newPerson()) {
            HomePage first = HomePage.signIn(browser, person.loginLink());
            UUID account = person.addSandbox("ada-7");
            UUID run = person.run(account);
            first.awaitPopup();
            Instant deadline = person.challenge(run).deadline();
            first.reload();
            first.awaitPopup();
            assertThat(person.challenge(run).deadline()).isEqualTo(deadline);
            HomePage second = first.newTab();
            second.awaitPopup();
            first.answer(world.sandboxSite().code("ada-7"));
            second.awaitNoPopup();
            first.awaitStatus("ada-7", "CONNECTED");
            first.awaitNoPopup();
        }
    }

    @Test
    @Order(9)
    void twentyRunsGetTwentyCodesAndEachItsOwn() {
        Person person = world.person("twenty");
        List<String> logins = IntStream.rangeClosed(901, 920).mapToObj(n -> "ada-" + n).toList();
        Map<String, UUID> runs = new HashMap<>();
        logins.forEach(login -> runs.put(login, person.run(person.addSandbox(login))));
        Map<String, Challenge> challenges = new HashMap<>();
        runs.forEach((login, run) -> challenges.put(login, person.challenge(run)));

        UUID withoutCode = person.run(person.addSandbox("emil-9"));
        assertThat(person.end(withoutCode).state())
                .as("twenty runs wait, and none of them holds a slot")
                .isEqualTo("DONE");

        challenges.forEach(
                (login, challenge) ->
                        assertThat(person.answer(challenge, world.sandboxSite().code(login)))
                                .isEqualTo("DELIVERED"));
        runs.forEach(
                (login, run) -> {
                    assertThat(person.end(run).state()).as(login).isEqualTo("DONE");
                    assertThat(person.events(run)).containsOnlyOnce("TwoFaRequested");
                    assertThat(world.sandboxSite().logged(login, "MESSAGE")).isEqualTo(1);
                });
    }

    @Test
    @Order(10)
    void codeIsUsedAtOnceAlthoughAllSlotsFetch() {
        Person person = world.person("busy");
        UUID waiting = person.run(person.addSandbox("ada-10"));
        Challenge challenge = person.challenge(waiting);
        List<UUID> slow = new ArrayList<>();
        for (int n = 0; n < World.WORKERS * World.SLOTS; n++) {
            slow.add(
                    person.run(
                            person.add(
                                    "sandbox",
                                    "slow-" + n,
                                    Map.of("login", "trap-slow", "password", "sandbox"))));
        }
        slow.forEach(
                run ->
                        awaiting("a slot that fetches")
                                .until(() -> person.events(run).contains("LoginSucceeded")));
        assertThat(person.answer(challenge, world.sandboxSite().code("ada-10")))
                .isEqualTo("DELIVERED");
        assertThat(person.end(waiting).state()).isEqualTo("DONE");
        assertThat(slow)
                .as("all slots were still busy")
                .noneMatch(run -> person.home().run(run).ended());
        slow.forEach(run -> assertThat(person.end(run).state()).isEqualTo("DONE"));
    }

    @Test
    @Order(11)
    void connectorThatSaysNothingIsPresumedConnectedUntilItFails() {
        Person person = world.person("quiet");
        UUID account =
                person.add(
                        "sandbox", "quiet", Map.of("login", "quiet-fail", "password", "sandbox"));
        UUID run = person.run(account);
        awaiting("presumed connected")
                .until(() -> person.account(account).status().equals("PRESUMED"));
        assertThat(person.events(run)).doesNotContain("LoginSucceeded", "RunFailed");
        assertThat(person.end(run).reason()).isEqualTo("LOGIN_FAILED");
        assertThat(person.account(account).status()).isEqualTo("FAILED");
    }

    @Test
    @Order(12)
    void submissionSentTwiceGetsTheSameVerdictTwice() {
        Person person = world.person("twice");
        UUID run = person.run(person.addSandbox("ada-12"));
        Challenge challenge = person.challenge(run);
        String code = world.sandboxSite().code("ada-12");
        assertThatExceptionOfType(ApiFailure.class)
                .isThrownBy(() -> world.person("stranger").answer(challenge, code))
                .satisfies(
                        e -> {
                            assertThat(e.status()).isEqualTo(404);
                            assertThat(e.problem().verdict()).isEqualTo("UNKNOWN_CHALLENGE");
                        });
        UUID submission = UUID.randomUUID();
        assertThat(person.submit(challenge, submission, code)).isEqualTo("DELIVERED");
        assertThat(person.submit(challenge, submission, code)).isEqualTo("DELIVERED");
        assertThat(person.answer(challenge, code)).isEqualTo("ALREADY_ANSWERED");
        assertThat(person.end(run).state()).isEqualTo("DONE");
        assertThat(person.submit(challenge, submission, code)).isEqualTo("DELIVERED");
        assertThat(world.sandboxSite().logged("ada-12", "CODE")).isEqualTo(1);
    }

    @Test
    @Order(13)
    void recoveryCodeIsAskedForAndUsed() {
        Person person = world.person("recovery");
        Map<String, String> fields = new HashMap<>(keycloak("carol"));
        fields.put("second-factor", "recovery");
        UUID run = person.run(person.add("keycloak", "carol", fields));
        Challenge challenge = person.challenge(run);
        assertThat(challenge.type()).isEqualTo("RECOVERY_CODE");
        assertThat(person.answer(challenge, "CAROLCODEAA1")).isEqualTo("DELIVERED");
        assertThat(person.end(run).state()).isEqualTo("DONE");
        assertThat(CAROL.code()).hasSize(6);
    }

    @Test
    @Order(14)
    void moreTimeAnotherWayAndAnotherMessageReachTheSiteAndTheLastCodeIsIn() {
        Person person = world.person("ways");
        try (BrowserContext browser = world.chromium().newPerson()) {
            HomePage home = HomePage.signIn(browser, person.loginLink());
            UUID run = person.run(person.addSandbox("ada-14"));
            Challenge first = person.challenge(run);
            home.awaitPopup();
            home.press("I need more time");
            home.awaitMessage("You have more time.");
            awaiting("a later deadline")
                    .until(() -> person.challenge(run).deadline().isAfter(first.deadline()));

            home.press("Other method");
            home.press("Code by e-mail");
            home.awaitMessage("Enter the code sent to you by e-mail");
            home.press("Send again");
            awaiting("the third message")
                    .until(() -> world.sandboxSite().logged("ada-14", "MESSAGE") == 3);
            // Only the third round counts down anew: the page has it.
            home.awaitMessage("Send again in ");
            assertThat(person.challenge(run).round()).isEqualTo(3);
            assertThat(person.challenge(run).id()).isEqualTo(first.id());
            home.answer(world.sandboxSite().code("ada-14"));
            home.awaitStatus("ada-14", "CONNECTED");
            assertThat(person.end(run).state()).isEqualTo("DONE");
            assertThat(person.events(run))
                    .containsSubsequence(
                            "TwoFaRequested",
                            "TwoFaExtended",
                            "TwoFaResent",
                            "TwoFaResent",
                            "TwoFaAnswered",
                            "LoginSucceeded")
                    .containsOnlyOnce("TwoFaRequested");
            assertThat(world.sandboxSite().logged("ada-14", "CODE")).isEqualTo(1);
        }
    }

    @Test
    @Order(15)
    void whoTypedTooManyWrongCodesIsAskedNoMoreBeforeTheSiteLocks() {
        Person person = world.person("spent");
        UUID account = person.addSandbox("ada-15");
        UUID run = person.run(account);
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(person.answer(person.challenge(run, attempt), "000000"))
                    .isEqualTo("DELIVERED");
        }
        Run wrong = person.end(run);
        assertThat(wrong.reason()).isEqualTo("USER_ACTION_NEEDED.WRONG_TWOFA_CODE");
        Instant until = Objects.requireNonNull(wrong.until());
        assertThat(until).isBetween(Instant.now(), Instant.now().plusSeconds(3600));

        try (BrowserContext browser = world.chromium().newPerson()) {
            HomePage home = HomePage.signIn(browser, person.loginLink());
            Run again = person.end(person.run(account));
            assertThat(again.reason()).isEqualTo("USER_ACTION_NEEDED.ATTEMPTS_SPENT");
            assertThat(again.until()).isEqualTo(until);
            assertThat(person.events(again.id())).doesNotContain("TwoFaRequested");
            home.awaitStatus("ada-15", "FAILED");
            home.awaitSaid("ada-15", "Too many wrong codes. You can try again at ");
        }
        assertThat(world.sandboxSite().logged("ada-15", "MESSAGE")).isEqualTo(1);
        assertThat(world.sandboxSite().logged("ada-15", "LOCK")).isZero();
    }

    /** It was asked first of all, since the default deadline is minutes away. */
    @Test
    @Order(90)
    void nobodyAnswersUntilTheDeadline() {
        World.Unanswered asked = world.unanswered();
        Person person = asked.person();
        Instant deadline = asked.challenge().deadline();
        try (BrowserContext browser = world.chromium().newPerson()) {
            HomePage home = HomePage.signIn(browser, person.loginLink());
            home.awaitPopup();
            home.awaitMessage("Authentication renewal required", untilAfter(deadline));
            assertThat(Instant.now()).isAfter(deadline);
        }
        assertThat(person.end(asked.run()).reason()).isEqualTo("USER_ACTION_NEEDED.TWOFA_EXPIRED");
    }

    private static Duration untilAfter(Instant deadline) {
        return Duration.between(Instant.now(), deadline).plus(Patience.LONG);
    }

    /** When nothing else waits any more, so that what waits can be counted. */
    @Test
    @Order(91)
    void cancelEndsTheRunAndItWaitsNoLonger() {
        Person person = world.person("cancel");
        List<Duration> took = new ArrayList<>();
        try (BrowserContext browser = world.chromium().newPerson()) {
            HomePage home = HomePage.signIn(browser, person.loginLink());
            UUID account = person.addSandbox("ada-8");
            do {
                took.add(cancel(person, account, home));
            } while (took.getLast().compareTo(AT_ONCE) > 0 && took.size() < 5);
        }
        assertThat(took.getLast())
                .as("at once, unless the machine stalls each time: %s", took)
                .isLessThanOrEqualTo(AT_ONCE);
    }

    /** How long it took from the press of the button until the status shows one less. */
    private static Duration cancel(Person person, UUID account, HomePage home) {
        UUID run = person.run(account);
        home.awaitPopup();
        awaiting("one run waits").until(() -> world.waitingRuns() == 1);
        Instant pressed = Instant.now();
        home.cancel();
        awaiting("none waits").until(() -> world.waitingRuns() == 0);
        Duration took = Duration.between(pressed, Instant.now());
        assertThat(person.end(run).reason()).isEqualTo("USER_ACTION_NEEDED.TWOFA_CANCELLED");
        home.awaitStatus("ada-8", "FAILED");
        home.dismiss();
        return took;
    }

    @Test
    @Order(99)
    @ResourceLock(value = World.IS_UP, mode = ResourceAccessMode.READ_WRITE)
    void downAndUpKeepsAccountsTimelinesAndSessions() {
        Person person = world.person("kept");
        UUID account = person.addSandbox("ada-99");
        UUID run = person.run(account);
        person.answer(person.challenge(run), world.sandboxSite().code("ada-99"));
        assertThat(person.end(run).state()).isEqualTo("DONE");
        List<String> before = person.events(run);

        world.down();
        world.up();

        assertThat(person.account(account).status()).isEqualTo("CONNECTED");
        assertThat(person.events(run)).isEqualTo(before);
        UUID again = person.run(account);
        assertThat(person.end(again).state()).isEqualTo("DONE");
        assertThat(person.events(again)).doesNotContain("TwoFaRequested");
    }

    private static Map<String, String> keycloak(String user) {
        return world.keycloak().account(user);
    }

    /** What a person types into the form of the connector, by its labels. */
    private static Map<String, String> fields(String user, String password) {
        return Map.of(
                "Address of the realm", world.keycloak().realm(),
                "User name or e-mail", user,
                "Password", password);
    }

    /** The same for a new account, with a name of its own. */
    private static Map<String, String> labelled(String user, String password) {
        Map<String, String> fields = new HashMap<>(fields(user, password));
        fields.put("Name of this account in Keyturn", user);
        return fields;
    }
}
