package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyturn.local.api.ApiFailure;
import dev.keyturn.local.api.Unreachable;
import dev.keyturn.systemtests.halt.End;
import dev.keyturn.systemtests.halt.Halt;
import dev.keyturn.systemtests.halt.Seam;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Processes are killed exactly between two of their statements; another, or the same started again,
 * goes on. A thread is held at its point, others at theirs; when all stand where they shall, the
 * process is killed with all of them. {@code docs/recovery.md} is the table of these tests.
 */
@InTheWorld
class KilledWhereIT {

    private static final List<String> WORKERS = List.of("worker-1", "worker-2");
    private static final List<String> TWOFA = List.of("twofa");
    private static final List<String> HOME = List.of("home");

    private static World world;

    private static Visit notSent;
    private static Visit cancelled;
    private static Visit unanswered;
    private static Visit decided;
    private static Visit factSent;
    private static Visit wished;
    private static UUID firstWished;
    private static Visit claimed;
    private static Visit inStep;
    private static Visit inOnceStep;
    private static Visit opened;
    private static Visit arrived;
    private static Visit kept;
    private static Visit revealed;
    private static Visit used;

    @BeforeAll
    static void killAllAtTheirPoints() {
        world = World.withoutKeycloak();
        notSent = visit("ada-1301");
        cancelled = visit("ada-1302");
        unanswered = visit("ada-1303");
        decided = visit("ada-1304");
        factSent = visit("ada-1305");
        wished = visit("ada-1306");
        claimed = visit("ada-1307");
        inStep = visit("ada-1308");
        inOnceStep = visit("ada-1309");
        opened = visit("ada-1310");
        arrived = visit("ada-1311");
        kept = visit("ada-1312");
        revealed = visit("ada-1313");
        used = visit("ada-1314");
        ask(List.of(unanswered, decided, factSent));
        killHome();
        killTwofa();
        // Whatever else is under way would come to the workers' points, too.
        notSent.finds();
        notSent.isAsked();
        Stream.of(cancelled, unanswered, decided, factSent).forEach(Visit::end);
        // Not before: the site waits for a code for three minutes.
        ask(List.of(wished, arrived, kept, revealed, used));
        firstWished = wished.challenge().id();
        killWorkers();
        wished.isAskedInRound(2);
        wished.answers();
    }

    private static void ask(List<Visit> visits) {
        visits.forEach(Visit::runs);
        visits.forEach(Visit::isAsked);
    }

    private static void killHome() {
        List<Halt> halts =
                List.of(
                        hold(HOME, Seam.AFTER_COMMIT, telling("RequestRun", notSent.account())),
                        hold(HOME, Seam.AFTER_COMMIT, telling("RequestRun", cancelled.account())),
                        hold(
                                HOME,
                                Seam.AFTER_SEND,
                                "ce_type=SubmitCode",
                                unanswered.account().toString()));
        List<CompletableFuture<?>> requests =
                List.of(
                        CompletableFuture.runAsync(notSent::runs),
                        CompletableFuture.runAsync(cancelled::runs),
                        CompletableFuture.runAsync(unanswered::sends));
        killAt(halts, HOME);
        requests.forEach(
                request ->
                        assertThatExceptionOfType(CompletionException.class)
                                .isThrownBy(request::join)
                                .withCauseInstanceOf(Unreachable.class));
        world.up();
        cancelled.finds();
        cancelled.person().home().cancelRun(cancelled.run());
    }

    /** The one whose decision is told last, since it holds what decides. */
    private static void killTwofa() {
        Halt replies =
                hold(
                        TWOFA,
                        Seam.BEFORE_SEND,
                        "ce_type=CodeGiven",
                        factSent.challenge().id().toString());
        factSent.sendsLater();
        awaitReached(replies);
        Halt fact =
                hold(TWOFA, Seam.AFTER_COMMIT, "SubmitCode", decided.challenge().id().toString());
        decided.sendsLater();
        killAt(List.of(fact), TWOFA);
        world.up();
    }

    /**
     * First those that need one of the four slots, of them the one last that holds what claims;
     * then those that wait and need none.
     */
    private static void killWorkers() {
        List<Halt> halts = new ArrayList<>();
        halts.add(holdStep("signIn, false, true"));
        inStep.runs();
        awaitReached(halts.getLast());
        halts.add(holdStep("ask for message, true, true"));
        inOnceStep.runs();
        awaitReached(halts.getLast());
        halts.add(hold(WORKERS, Seam.AFTER_COMMIT, telling("TwoFaRequested", opened.account())));
        opened.runs();
        awaitReached(halts.getLast());
        halts.add(hold(WORKERS, Seam.AFTER_COMMIT, telling("LoginStarted", claimed.account())));
        claimed.runs();
        awaitReached(halts.getLast());
        halts.add(holdStep("send again (attempt 1, round 1)", wished.run().toString()));
        halts.add(holdCheckpoint(arrived, Seam.BEFORE_STATEMENT, "ANSWERED"));
        halts.add(holdCheckpoint(kept, Seam.BEFORE_STATEMENT, "REVEALED"));
        halts.add(holdCheckpoint(revealed, Seam.AFTER_COMMIT, "REVEALED"));
        halts.add(holdStep("send code, false, true", used.run().toString()));
        Stream.of(arrived, kept, revealed, used).forEach(Visit::answers);
        wished.wantsAnother();
        killAt(halts, WORKERS);
        world.up();
    }

    @AfterAll
    static void everythingRunsAsUsual() {
        world.up();
    }

    @Test
    void homeThatDiedBeforeItSentARunSendsItOnceWhenItIsBack() {
        assertThatExceptionOfType(ApiFailure.class)
                .as("it is there already")
                .isThrownBy(notSent::runs)
                .returns(409, ApiFailure::status);
        notSent.answers();
        notSent.isIn(Visit.ASKED, "RunAdopted", "TwoFaAnswered", Visit.IN);
    }

    @Test
    void aCancelStandsBehindTheRunThatHomeHadNotSent() {
        assertThat(cancelled.end().reason()).isEqualTo("CANCELLED");
        assertThat(cancelled.commands())
                .containsExactly("SaveCredentials", "RequestRun", "CancelRun");
        assertThat(cancelled.facts())
                .as("however far it came meanwhile")
                .startsWith("RunQueued")
                .contains("RunFailed")
                .doesNotHaveDuplicates();
    }

    @Test
    void aCodeThatKafkaHasGetsItsVerdictAlthoughHomeDiedBeforeItsAnswer() {
        assertThat(unanswered.sendsUntilItHasAVerdict()).isEqualTo("DELIVERED");
        unanswered.isIn(Visit.ASKED, "TwoFaAnswered", Visit.IN);
    }

    @Test
    void twofaThatDiedAfterItsDecisionTellsItOnceAndTheSubmissionKeepsItsVerdict() {
        assertThat(decided.verdict()).isEqualTo("DELIVERED");
        assertThat(decided.sends()).isEqualTo("DELIVERED");
        decided.isIn(Visit.ASKED, "TwoFaAnswered", Visit.IN);
    }

    @Test
    void twofaThatDiedBetweenTheFactAndItsRepliesTellsThemOnce() {
        assertThat(factSent.verdict()).isEqualTo("DELIVERED");
        assertThat(factSent.sends()).isEqualTo("DELIVERED");
        factSent.isIn(Visit.ASKED, "TwoFaAnswered", Visit.IN);
    }

    @Test
    void aWorkerThatDiedAfterTheClaimLeavesARunThatStartsOver() {
        claimed.answers();
        claimed.isIn(
                List.of("RunQueued", "LoginStarted", "RunAdopted"),
                "AutoSuccessDisabled",
                "TwoFaRequested",
                "TwoFaAnswered",
                Visit.IN);
    }

    @Test
    void aPlainStepThatWasNotNotedAsDoneIsRepeated() {
        inStep.answers();
        inStep.isIn(
                List.of("RunQueued", "LoginStarted", "AutoSuccessDisabled", "RunAdopted"),
                "TwoFaRequested",
                "TwoFaAnswered",
                Visit.IN);
        assertThat(inStep.atTheSite("SIGN_IN")).isEqualTo(2);
    }

    @Test
    void aStepThatMustNotBeDoneTwiceIsNotRepeated() {
        inOnceStep.isInterrupted(
                List.of("RunQueued", "LoginStarted", "AutoSuccessDisabled"),
                "RunAdopted",
                "RunFailed");
        assertThat(inOnceStep.atTheSite("MESSAGE")).isEqualTo(1);
    }

    @Test
    void aChallengeThatNobodyWasToldOfIsOpenedOnce() {
        opened.answers();
        opened.isIn(Visit.ASKED, "RunAdopted", "TwoFaAnswered", Visit.IN);
    }

    @Test
    void whatThePersonWantedBeforeTheWorkerDiedIsDoneOnceByAnother() {
        assertThat(wished.challenge().id()).isEqualTo(firstWished);
        wished.ends("DONE", Visit.ASKED, "RunAdopted", "TwoFaResent", "TwoFaAnswered", Visit.IN);
        assertThat(wished.atTheSite("MESSAGE")).isEqualTo(2);
        assertThat(wished.atTheSite("CODE")).isEqualTo(1);
    }

    @Test
    void aCodeThatArrivedAndWasNotKeptIsGivenAgainToWhoAdopts() {
        arrived.isIn(Visit.ASKED, "TwoFaAnswered", "RunAdopted", Visit.IN);
    }

    @Test
    void aCodeThatWasKeptAndNotRevealedIsUsedByWhoAdopts() {
        kept.isIn(Visit.ASKED, "TwoFaAnswered", "RunAdopted", Visit.IN);
    }

    @Test
    void aRevealedCodeThatTheSiteHasNotSeenIsNotUsed() {
        revealed.isInterrupted(Visit.ASKED, "TwoFaAnswered", "RunAdopted", "RunFailed");
        assertThat(revealed.atTheSite("CODE")).isZero();
        assertThat(revealed.atTheSite("MESSAGE")).isEqualTo(1);
    }

    @Test
    void aRevealedCodeThatTheSiteHasIsNotUsedAgain() {
        used.isInterrupted(Visit.ASKED, "TwoFaAnswered", "RunAdopted", "RunFailed");
        assertThat(used.atTheSite("CODE")).isEqualTo(1);
        assertThat(used.atTheSite("MESSAGE")).isEqualTo(1);
    }

    private static Visit visit(String login) {
        return new Visit(world, login);
    }

    private static Halt hold(List<String> processes, Seam seam, String... texts) {
        return world.halt(processes, End.HELD, seam, texts);
    }

    /** Before a line of the journal is written; its last words say whether once, whether done. */
    private static Halt holdStep(String... line) {
        return hold(
                WORKERS,
                Seam.BEFORE_STATEMENT,
                Stream.concat(Stream.of("insert into journal"), Stream.of(line))
                        .toArray(String[]::new));
    }

    private static Halt holdCheckpoint(Visit visit, Seam seam, String state) {
        return hold(
                WORKERS,
                seam,
                "update checkpoint set state = '" + state + "', ",
                visit.challenge().id().toString());
    }

    private static void killAt(List<Halt> halts, List<String> processes) {
        halts.forEach(KilledWhereIT::awaitReached);
        processes.forEach(world::kill);
    }

    private static void awaitReached(Halt halt) {
        awaiting("the point is reached").until(halt::isReached);
    }

    /** A transaction that writes such a message of the account to its outbox. */
    private static String[] telling(String type, UUID account) {
        String value = Base64.getEncoder().encodeToString(type.getBytes(StandardCharsets.UTF_8));
        // The headers are JSON within the rows' JSON.
        return new String[] {
            "insert into outbox", account.toString(), "\\\"ce_type\\\":\\\"" + value + "\\\""
        };
    }
}
