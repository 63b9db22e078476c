package dev.keyturn.sandbox.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.sandbox.audit.SiteLog;
import dev.keyturn.sandbox.audit.SiteLog.Kind;
import dev.keyturn.sandbox.code.AppCodes;
import dev.keyturn.sandbox.phone.Message;
import dev.keyturn.sandbox.phone.Phone;
import dev.keyturn.sandbox.signin.Step.Problem;
import dev.keyturn.sandbox.users.Factor;
import dev.keyturn.sandbox.users.User;
import dev.keyturn.sandbox.users.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInsTest {
    private static final Rules RULES =
            new Rules(
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(10),
                    5,
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(30));
    private static final String WRONG = "000000";
    private static final String VISIT = "visit";
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

    private final AtomicInteger codes = new AtomicInteger(100_000);
    private final AppCodes appCodes = new AppCodes();
    private final Phone phone = new Phone();
    private final Locks locks = new Locks(RULES);
    private final SiteLog log = new SiteLog(1_000);
    private final SignIns signIns =
            new SignIns(
                    RULES,
                    () -> Integer.toString(codes.incrementAndGet()),
                    appCodes,
                    phone,
                    locks,
                    log);

    private Instant now = START;

    @ParameterizedTest
    @CsvSource({
        "ada, AskForCode",
        "ben-99999, AskForCode",
        "cleo, EnterCode",
        "emil, SignedIn",
        "emil-1, SignedIn",
        "nora, ChangePassword",
        "trap-50mb, SignedIn",
        "trap-loop, SignedIn",
        "trap-slow, SignedIn",
        "quiet-ok, SignedIn",
        "quiet-fail, SignedIn",
        "trap-text, AskForCode",
        "trap-noform, Trap",
        "trap-500, Trap",
        "trap-redirect, Trap",
        "nobody, WrongPassword",
        "ada-0, WrongPassword",
    })
    void rightPasswordLeadsOn(String login, String step) {
        assertThat(password(login).getClass().getSimpleName()).isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({"ada", "cleo", "emil", "nora", "trap-500", "nobody"})
    void wrongPasswordLeadsNowhere(String login) {
        assertThat(signIns.password(VISIT, login, "Sandbox", "/statements", now))
                .isEqualTo(new Step.WrongPassword(login, "/statements"));
        assertThat(signIns.look(VISIT, now)).isEqualTo(new Step.StartAgain());
    }

    @Test
    void nothingIsSentBeforeTheVisitorAsksForIt() {
        password("ada");

        assertThat(phone.of("ada")).isEmpty();
        assertThat(kinds()).doesNotContain(Kind.MESSAGE);
    }

    @Test
    void askingTwiceSendsOneMessage() {
        password("ada");
        signIns.send(VISIT, now);
        signIns.send(VISIT, now);

        assertThat(phone.of("ada")).hasSize(1);
        assertThat(kinds()).containsOnlyOnce(Kind.MESSAGE);
    }

    @Test
    void codeOfTheMessageSignsInOnceAndIsUsedThen() {
        askForCode("ada");
        var code = newest("ada").code();

        assertThat(type(code)).isEqualTo(new Step.SignedIn(user("ada"), "/statements"));
        assertThat(newest("ada").used()).isTrue();
        assertThat(type(code)).isEqualTo(new Step.StartAgain());
    }

    @Test
    void codeOfAnotherVisitIsWrong() {
        askForCode("ada");
        signIns.password("other", "ada", Users.PASSWORD, "/statements", now);
        signIns.send("other", now);

        assertThat(type(newest("ada").code())).isEqualTo(problem("ada", Problem.WRONG_CODE));
    }

    @Test
    void codeIsGoodUntilJustBeforeItsEnd() {
        askForCode("ada");
        now = START.plus(RULES.codeLife()).minusMillis(1);

        assertThat(type(newest("ada").code())).isInstanceOf(Step.SignedIn.class);
    }

    @Test
    void codeAtItsEndHasExpiredAndIsNotCountedAsWrong() {
        askForCode("ada");
        now = START.plus(RULES.codeLife());

        for (int i = 0; i < 2 * RULES.wrongCodes(); i++) {
            assertThat(type(newest("ada").code())).isEqualTo(problem("ada", Problem.EXPIRED_CODE));
        }
    }

    @Test
    void anotherMessageMakesTheFirstCodeWorthless() {
        askForCode("ada");
        var first = newest("ada");
        now = START.plus(RULES.resendAfter());
        signIns.resend(VISIT, now);

        assertThat(phone.of("ada")).hasSize(2);
        assertThat(phone.of("ada").getLast().isExpired(now)).isTrue();
        assertThat(type(first.code())).isInstanceOf(Step.EnterCode.class);
        assertThat(type(newest("ada").code())).isInstanceOf(Step.SignedIn.class);
    }

    @Test
    void anotherMessageIsRefusedBeforeItsTime() {
        askForCode("ada");
        now = START.plus(RULES.resendAfter()).minusMillis(1);

        assertThat(signIns.resend(VISIT, now)).isEqualTo(problem("ada", Problem.TOO_SOON));
        assertThat(phone.of("ada")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"ada", "cleo"})
    void fifthWrongCodeLocksPasswordAndCodeForAMinute(String login) {
        askForCode(login);
        for (int i = 1; i < RULES.wrongCodes(); i++) {
            assertThat(type(WRONG)).isEqualTo(problem(login, Problem.WRONG_CODE));
        }
        var locked = new Step.Locked(user(login), now.plus(RULES.lock()));
        assertThat(type(WRONG)).isEqualTo(locked);

        now = locked.until().minusMillis(1);
        assertThat(signIns.look(VISIT, now)).isEqualTo(locked);
        assertThat(type(WRONG)).isEqualTo(locked);
        assertThat(password(login)).isEqualTo(locked);

        now = locked.until();
        assertThat(signIns.look(VISIT, now)).isEqualTo(new Step.StartAgain());
        assertThat(password(login)).isNotEqualTo(locked);
    }

    @Test
    void lockOfOneUserLeavesAnotherAlone() {
        askForCode("ada");
        lock();

        assertThat(password("ada-1")).isInstanceOf(Step.AskForCode.class);
    }

    @Test
    void lockStopsTheUsersOtherVisitsForItsTimeOnly() {
        signIns.password("other", "ada", Users.PASSWORD, "/statements", now);
        signIns.send("other", now);
        var code = newest("ada").code();
        askForCode("ada");
        lock();

        assertThat(signIns.code("other", code, now)).isInstanceOf(Step.Locked.class);
        assertThat(signIns.resend("other", now)).isInstanceOf(Step.Locked.class);
        now = now.plus(RULES.lock());
        assertThat(signIns.code("other", code, now)).isInstanceOf(Step.SignedIn.class);
    }

    @Test
    void rightCodeForgivesTheWrongOnes() {
        for (int round = 0; round < 3; round++) {
            askForCode("ada");
            for (int i = 1; i < RULES.wrongCodes(); i++) {
                type(WRONG);
            }
            assertThat(type(newest("ada").code())).isInstanceOf(Step.SignedIn.class);
        }
    }

    @Test
    void wrongCodesAreCountedOverSignIns() {
        for (int i = 1; i < RULES.wrongCodes(); i++) {
            askForCode("ada");
            type(WRONG);
        }
        askForCode("ada");

        assertThat(type(WRONG)).isInstanceOf(Step.Locked.class);
    }

    @Test
    void codeCanBeSentAnotherWayAndThenOnlyThatOneSignsIn() {
        askForCode("ada");
        var bySms = newest("ada").code();

        assertThat(signIns.method(VISIT, "EMAIL", now))
                .isEqualTo(
                        new Step.EnterCode(
                                user("ada"),
                                Factor.EMAIL,
                                Optional.of(START.plus(RULES.resendAfter())),
                                START.plus(RULES.codeLife()),
                                Optional.empty()));
        assertThat(newest("ada").type()).isEqualTo(Factor.EMAIL);
        assertThat(type(bySms)).isInstanceOf(Step.EnterCode.class);
        assertThat(type(newest("ada").code())).isInstanceOf(Step.SignedIn.class);
    }

    @ParameterizedTest
    @CsvSource({"ada, SMS", "ada, APP_CODE", "ada, ''", "ben, SMS", "cleo, EMAIL"})
    void whatIsNoOtherWaySendsNothing(String login, String method) {
        askForCode(login);
        int before = phone.of(login).size();
        signIns.method(VISIT, method, now);

        assertThat(phone.of(login)).hasSize(before);
    }

    @Test
    void anotherMessageGoesTheSameWayAsTheLast() {
        askForCode("ada");
        signIns.method(VISIT, "EMAIL", now);
        now = START.plus(RULES.resendAfter());
        signIns.resend(VISIT, now);

        assertThat(newest("ada").type()).isEqualTo(Factor.EMAIL);
        assertThat(phone.of("ada")).hasSize(3);
    }

    @Test
    void authenticatorCodeSignsInOnceInItsStep() {
        password("cleo");
        var code = appCodes.code("cleo", AppCodes.stepAt(now));
        assertThat(type(code)).isEqualTo(new Step.SignedIn(user("cleo"), "/statements"));

        password("cleo");
        assertThat(type(code))
                .isEqualTo(
                        new Step.EnterCode(
                                user("cleo"),
                                Factor.APP_CODE,
                                Optional.empty(),
                                START.plus(RULES.signInLife()),
                                Optional.of(Problem.WRONG_CODE)));
    }

    @Test
    void authenticatorCodeIsGoodForOneMoreStep() {
        var code = appCodes.code("cleo", AppCodes.stepAt(now));
        password("cleo");

        now = START.plusSeconds(60);
        assertThat(type(code)).isInstanceOf(Step.EnterCode.class);
        now = START.plusSeconds(59);
        assertThat(type(code)).isInstanceOf(Step.SignedIn.class);
    }

    @Test
    void olderAuthenticatorCodeIsRefusedAfterANewerOne() {
        password("cleo");
        var older = appCodes.code("cleo", AppCodes.stepAt(now) - 1);
        type(appCodes.code("cleo", AppCodes.stepAt(now)));
        password("cleo");

        assertThat(type(older)).isInstanceOf(Step.EnterCode.class);
    }

    @Test
    void signInThatTakesTooLongStartsAgain() {
        askForCode("ada");
        now = START.plus(RULES.signInLife());

        assertThat(type(newest("ada").code())).isEqualTo(new Step.StartAgain());
    }

    @Test
    void newPasswordDropsWhatTheVisitHadBegun() {
        askForCode("ada");
        var message = newest("ada");
        password("emil");

        assertThat(phone.of("ada").getFirst().isExpired(now)).isTrue();
        assertThat(type(message.code())).isEqualTo(new Step.StartAgain());
    }

    @Test
    void logTellsWhatWasSentAndTyped() {
        askForCode("ada");
        type(WRONG);
        var code = newest("ada").code();
        type(code);

        assertThat(log.entries("ada"))
                .containsExactly(
                        entry(Kind.SIGN_IN, true, "password right"),
                        entry(Kind.MESSAGE, true, "SMS: " + newest("ada").text()),
                        entry(Kind.CODE, false, WRONG),
                        entry(Kind.CODE, true, code));
    }

    @Test
    void messageSaysThatItIsATest() {
        askForCode("ben");

        assertThat(newest("ben"))
                .isEqualTo(
                        new Message(
                                newest("ben").id(),
                                "ben",
                                Factor.EMAIL,
                                START,
                                "Sandbox site (a test site): 100001 is your code. It is good for 5"
                                        + " minutes.",
                                "100001",
                                START.plus(RULES.codeLife()),
                                false));
    }

    private Step password(String login) {
        return signIns.password(VISIT, login, Users.PASSWORD, "/statements", now);
    }

    private void askForCode(String login) {
        password(login);
        signIns.send(VISIT, now);
    }

    private Step type(String code) {
        return signIns.code(VISIT, code, now);
    }

    private void lock() {
        for (int i = 0; i < RULES.wrongCodes(); i++) {
            type(WRONG);
        }
    }

    private Message newest(String login) {
        return phone.of(login).getFirst();
    }

    private List<Kind> kinds() {
        return log.entries(null).stream().map(SiteLog.Entry::kind).toList();
    }

    private Step problem(String login, Problem problem) {
        var resendFrom =
                user(login).factor().isSent()
                        ? Optional.of(START.plus(RULES.resendAfter()))
                        : Optional.<Instant>empty();
        var until =
                START.plus(user(login).factor().isSent() ? RULES.codeLife() : RULES.signInLife());
        return new Step.EnterCode(
                user(login), user(login).factor(), resendFrom, until, Optional.of(problem));
    }

    private SiteLog.Entry entry(Kind kind, boolean ok, String detail) {
        return new SiteLog.Entry(START, kind, "ada", ok, detail);
    }

    private static User user(String login) {
        return Users.find(login).orElseThrow();
    }
}
