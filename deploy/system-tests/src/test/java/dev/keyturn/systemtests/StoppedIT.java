package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.api.Run;
import dev.keyturn.local.infra.Frozen;
import dev.keyturn.systemtests.halt.End;
import dev.keyturn.systemtests.halt.Halt;
import dev.keyturn.systemtests.halt.Seam;
import dev.keyturn.systemtests.hasty.HastyConnector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Services die while people are asked and answer. */
@InTheWorld
class StoppedIT {

    private static final List<String> WORKERS = List.of("worker-1", "worker-2");
    private static final int CROWD = 24;

    /** Ten seconds, and what a busy machine adds; without a limit it would be half a minute. */
    private static final Duration STOP = Duration.ofSeconds(20);

    private static World world;

    @BeforeAll
    static void start() {
        world = World.withoutKeycloak();
    }

    @AfterEach
    void everythingRuns() {
        world.up();
    }

    @Test
    @ResourceLock(value = World.IS_UP, mode = ResourceAccessMode.READ_WRITE)
    void aCodeThatNobodyDecidedAboutBeforeTheyDiedIsDecidedAndThePageGoesOn() {
        Person person = world.person("killed");
        try (BrowserContext browser = world.chromium().newPerson()) {
            HomePage page = HomePage.signIn(browser, person.loginLink());
            UUID run = person.run(person.addSandbox("ada-799"));
            page.awaitPopup();
            String code = world.sandboxSite().code("ada-799");

            world.kill("twofa");
            page.answer(code);
            page.awaitMessage("Still sending. Your code is not lost.");
            world.kill("home");
            page.awaitConnection("lost");
            world.up();

            page.awaitConnection("live");
            page.awaitStatus("ada-799", "CONNECTED");
            page.awaitNoPopup();
            assertThat(person.end(run).state()).isEqualTo("DONE");
            assertThat(person.events(run))
                    .containsOnlyOnce("TwoFaRequested")
                    .containsOnlyOnce("TwoFaAnswered")
                    .doesNotContain("TwoFaCodeTurnedAway");
            assertThat(world.sandboxSite().logged("ada-799", "CODE")).isEqualTo(1);
        }
    }

    /**
     * Workers die between the question and the fact that it was asked; twofa-service and the other
     * runs' workers until after the deadline.
     */
    @Test
    @ResourceLock(value = World.IS_UP, mode = ResourceAccessMode.READ_WRITE)
    void aCodeInTimeWinsOverADeadlineThatPassedWhileAllWereAwayAndWhatIsOverIsNotShown() {
        Person ada = world.person("in-time");
        Person ben = world.person("silent");
        Person eve = world.person("untold");
        UUID account = account(eve);
        Halt asking =
                world.halt(
                        WORKERS,
                        End.HELD,
                        Seam.BEFORE_SEND,
                        "ce_type=TwoFaRequested",
                        account.toString());
        UUID untold = eve.run(account);
        awaiting("the point is reached").until(asking::isReached);
        awaiting("twofa-service knows of it").until(() -> !deadlines(untold).isEmpty());
        UUID silent = ben.run(account(ben));
        UUID inTime = ada.run(account(ada));
        Challenge unanswered = ben.challenge(silent);
        Challenge question = ada.challenge(inTime);
        WORKERS.forEach(world::kill);
        world.kill("twofa");
        CompletableFuture<String> verdict =
                CompletableFuture.supplyAsync(
                        () -> ada.submit(question, UUID.randomUUID(), "123456"));
        assertThat(Instant.now()).isBefore(question.deadline());
        awaiting("all deadlines are over")
                .until(
                        () ->
                                Stream.of(question.deadline(), unanswered.deadline())
                                        .allMatch(Instant.now()::isAfter));
        assertThat(verdict).isNotDone();

        world.up();

        assertThat(verdict.join()).isEqualTo("DELIVERED");
        assertThat(ada.end(inTime).state()).isEqualTo("DONE");
        assertThat(ada.events(inTime))
                .containsOnlyOnce("TwoFaRequested", "TwoFaAnswered")
                .doesNotContain("TwoFaExpired");
        assertThat(ben.end(silent).reason()).isEqualTo("USER_ACTION_NEEDED.TWOFA_EXPIRED");
        assertThat(ben.events(silent)).containsOnlyOnce("TwoFaRequested", "TwoFaExpired");
        awaiting("the end of what was over")
                .until(
                        () -> {
                            assertThat(eve.home().openChallenges()).isEmpty();
                            return eve.home().run(untold);
                        },
                        Run::ended);
        assertThat(eve.end(untold).reason()).isEqualTo("USER_ACTION_NEEDED.TWOFA_EXPIRED");
    }

    private static UUID account(Person person) {
        return person.add(HastyConnector.SLUG, "mine", Map.of("login", person.name()));
    }

    /** Of the challenges of a run that twofa-service has. */
    private static List<String> deadlines(UUID run) {
        return world.tables().values("select deadline from twofa.challenge where run_id = ?", run);
    }

    /** It stands still when it is about to reveal the code, for longer than its lease. */
    @Test
    @ResourceLock(value = World.IS_UP, mode = ResourceAccessMode.READ_WRITE)
    void aWorkerThatWakesWhenAnotherHasItsRunSaysNothingAndUsesNoCode() {
        Visit visit = new Visit(world, "ada-821");
        visit.runs();
        visit.isAsked();
        String holder = world.tables().holder(visit.run());
        double before = foundOut(holder);
        Halt halt =
                world.halt(
                        List.of(holder),
                        End.FROZEN,
                        Seam.BEFORE_STATEMENT,
                        "update checkpoint set state = 'REVEALED', ",
                        visit.challenge().id().toString());
        visit.answers();
        awaiting("it stands still").until(halt::isReached);
        assertThat(visit.end().state()).isEqualTo("DONE");

        world.wake(holder);

        awaiting("it finds out").until(() -> foundOut(holder) > before);
        visit.isIn(Visit.ASKED, "TwoFaAnswered", "RunAdopted", Visit.IN);
    }

    /** How often a worker has seen that a run, or its whole lease, is another's. */
    private static double foundOut(String worker) {
        return world.metric(worker, "keyturn_worker_zombie_writes_total")
                + world.metric(worker, "keyturn_worker_leases_lost_total");
    }

    /** Both slots of the other worker are taken by who holds still. */
    @Test
    @ResourceLock(value = World.IS_UP, mode = ResourceAccessMode.READ_WRITE)
    void aCrowdThatWaitedInADeadWorkerGoesOnAsItAnswersThoughNoSlotIsFree() {
        world.kill("worker-1");
        List<Visit> busy = List.of(new Visit(world, "ada-831"), new Visit(world, "ada-832"));
        for (Visit visit : busy) {
            visit.runs();
            Halt halt =
                    world.halt(
                            List.of("worker-2"),
                            End.HELD,
                            Seam.BEFORE_STATEMENT,
                            "insert into journal",
                            visit.run().toString());
            awaiting("a slot is taken").until(halt::isReached);
        }
        world.up();
        List<Visit> crowd =
                IntStream.range(0, CROWD)
                        .mapToObj(n -> new Visit(world, "ada-" + (840 + n)))
                        .toList();
        crowd.forEach(Visit::runs);
        crowd.forEach(Visit::isAsked);
        assertThat(crowd).allMatch(v -> world.tables().holder(v.run()).equals("worker-1"));

        world.kill("worker-1");
        awaiting("the other has them all")
                .until(
                        () ->
                                crowd.stream()
                                        .allMatch(
                                                v ->
                                                        world.tables()
                                                                .holders(v.run())
                                                                .contains("worker-2")));

        crowd.forEach(Visit::answers);
        crowd.forEach(
                visit -> {
                    assertThat(visit.end().state()).isEqualTo("DONE");
                    assertThat(visit.facts())
                            .containsOnlyOnce("TwoFaRequested", "RunAdopted", "TwoFaAnswered");
                    assertThat(visit.atTheSite("MESSAGE")).isEqualTo(1);
                    assertThat(visit.atTheSite("CODE")).isEqualTo(1);
                });
        busy.forEach(visit -> visit.person().home().cancelRun(visit.run()));
        world.kill("worker-2");
        world.up();
        busy.forEach(visit -> assertThat(visit.end().reason()).isEqualTo("CANCELLED"));
    }

    @Test
    @ResourceLock(value = World.IS_UP, mode = ResourceAccessMode.READ_WRITE)
    void aWorkerThatIsAskedToStopHandsItsRunsBackAndTheyCostNoLoss() {
        Visit visit = new Visit(world, "ada-822");
        visit.runs();
        visit.isAsked();
        Duration took = asksToStop(List.of(world.tables().holder(visit.run())));

        visit.isAdopted();
        assertThat(
                        world.tables()
                                .value(
                                        "select losses from worker.run where run_id = ?",
                                        visit.run()))
                .as("it was given back, not found")
                .isEqualTo("0");
        visit.answers();
        visit.isIn(Visit.ASKED, "RunAdopted", "TwoFaAnswered", Visit.IN);
        assertThat(took).isLessThan(STOP);
    }

    /** What it left unsent another instance would find after some seconds, the next start later. */
    @Test
    @ResourceLock(value = World.IS_UP, mode = ResourceAccessMode.READ_WRITE)
    void whatTwofaServiceDecidesWhileItIsAskedToStopIsToldBeforeItEnds() {
        List<Visit> crowd =
                IntStream.range(0, CROWD)
                        .mapToObj(n -> new Visit(world, "ada-" + (870 + n)))
                        .toList();
        crowd.forEach(Visit::runs);
        crowd.forEach(Visit::isAsked);
        int logged = world.log("twofa").length();

        crowd.forEach(Visit::sendsLater);
        awaiting("somebody's code is decided about")
                .until(() -> crowd.stream().anyMatch(StoppedIT::isDecided));
        Duration took = asksToStop(List.of("twofa"));

        assertThat(crowd)
                .as("it has left nothing unsent")
                .allSatisfy(v -> assertThat(unsent(v.account())).isEmpty());
        assertThat(world.log("twofa").substring(logged)).doesNotContain("could not be applied");
        assertThat(took).isLessThan(STOP);
        world.up();
        crowd.forEach(
                visit -> {
                    assertThat(visit.verdict()).isEqualTo("DELIVERED");
                    assertThat(visit.end().state()).isEqualTo("DONE");
                    assertThat(visit.facts()).containsOnlyOnce("TwoFaAnswered");
                });
    }

    private static boolean isDecided(Visit visit) {
        String state =
                world.tables()
                        .value(
                                "select state from twofa.challenge where challenge_id = ?",
                                visit.challenge().id());
        return !state.equals("OPEN");
    }

    private static List<String> unsent(UUID account) {
        return world.tables().values("select topic from twofa.outbox where order_key = ?", account);
    }

    @Test
    @ResourceLock(value = World.IS_UP, mode = ResourceAccessMode.READ_WRITE)
    void everyServiceThatIsAskedToStopEndsThoughTheDatabaseSaysNothing() {
        try (Frozen _ = world.freeze("postgres")) {
            assertThat(asksToStop(List.of("worker-1", "worker-2", "twofa", "home")))
                    .isLessThan(STOP);
        }
    }

    /** Until the last has ended. */
    private static Duration asksToStop(List<String> services) {
        List<ProcessHandle> processes = services.stream().map(world::process).toList();
        Instant begin = Instant.now();
        processes.forEach(ProcessHandle::destroy);
        awaiting("the end of " + services)
                .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
        return Duration.between(begin, Instant.now());
    }
}
