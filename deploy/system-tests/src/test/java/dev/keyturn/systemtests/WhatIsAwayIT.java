package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.microsoft.playwright.BrowserContext;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.api.Unreachable;
import dev.keyturn.local.stack.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Broker and database die and are away for longer than a worker's lease of ten seconds, while
 * people are asked, answer, and their runs fetch. Nobody starts a service again. {@code
 * -Dkeyturn.away=60} makes it a minute.
 */
@InTheWorld
class WhatIsAwayIT {

    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("keyturn.away", 12));
    private static final List<String> SERVICES = List.of("home", "twofa", "worker-1", "worker-2");
    private static final List<String> ASKED = List.of("page", "beside", "waits");

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
    void withoutItsBrokerNothingIsLostAndNobodyHasToHelp() {
        new Outage("kafka", 800).isSurvived();
    }

    @Test
    @ResourceLock(value = World.IS_UP, mode = ResourceAccessMode.READ_WRITE)
    void withoutItsDatabaseNothingIsLostAndNobodyHasToHelp() {
        new Outage("postgres", 810).isSurvived();
    }

    /** What one of the two does to everybody when it is away. */
    private static final class Outage {
        private final String away;

        /** The first of the site's users who belong to this. */
        private final int users;

        /** Has the page open, is asked before, and answers while it is away. */
        private final Person ada;

        /** Does the same by the API, beside. */
        private final Person ben;

        private final Map<String, UUID> runs = new HashMap<>();

        Outage(String away, int users) {
            this.away = away;
            this.users = users;
            this.ada = world.person("ada-without-" + away);
            this.ben = world.person("ben-without-" + away);
        }

        void isSurvived() {
            int letters = world.deadLetters().size();
            Map<String, Long> processes = world.pids();
            try (BrowserContext browser = world.chromium().newPerson()) {
                HomePage page = HomePage.signIn(browser, ada.loginLink());
                begin();
                page.awaitPopup();
                Challenge asked = ben.challenge(run("beside"));
                UUID submission = UUID.randomUUID();
                String code = code("beside");

                world.kill(away);
                Instant gone = Instant.now();
                page.awaitConnection("lost");
                awaitNobodyReady();
                page.answer(code("page"));
                assertThatExceptionOfType(Unreachable.class)
                        .isThrownBy(() -> ben.submit(asked, submission, code));
                await(gone.plus(AWAY));
                assertThat(SERVICES).allMatch(world::isAlive);
                world.up();

                awaiting("all are ready").until(() -> world.status().ready());
                processes.remove(away);
                assertThat(world.pids()).containsAllEntriesOf(processes);
                page.awaitConnection("live");
                assertThat(submitAgain(asked, submission, code)).isEqualTo("DELIVERED");
                page.awaitStatus(login("page"), "CONNECTED");
                page.awaitNoPopup();
                ben.answer(ben.challenge(run("waits")), code("waits"));
                end();
            }
            assertThat(world.deadLetters()).hasSize(letters);
        }

        /** One is asked on the page, one beside it, one waits on, and one fetches. */
        private void begin() {
            runs.put("page", ada.run(ada.addSandbox(login("page"))));
            runs.put("beside", ben.run(ben.addSandbox(login("beside"))));
            runs.put("waits", ben.run(ben.addSandbox(login("waits"))));
            runs.put(
                    "fetches",
                    ben.run(
                            ben.add(
                                    "sandbox",
                                    "fetches",
                                    Map.of("login", "trap-slow", "password", "sandbox"))));
            Stream.of("beside", "waits").forEach(r -> ben.challenge(run(r)));
            awaiting("a run that fetches")
                    .until(() -> ben.events(run("fetches")).contains("LoginSucceeded"));
        }

        private void end() {
            runs.forEach(
                    (name, run) -> {
                        Person owner = name.equals("page") ? ada : ben;
                        assertThat(owner.end(run).state()).as(name).isEqualTo("DONE");
                        assertThat(owner.events(run)).as(name).doesNotContain("RunAdopted");
                    });
            for (String name : ASKED) {
                Person owner = name.equals("page") ? ada : ben;
                assertThat(owner.events(run(name))).containsOnlyOnce("TwoFaRequested");
                assertThat(world.sandboxSite().logged(login(name), "MESSAGE")).isEqualTo(1);
                assertThat(world.sandboxSite().logged(login(name), "CODE")).isEqualTo(1);
            }
        }

        /** The same submission, as often as Home asks for it. */
        private String submitAgain(Challenge asked, UUID submission, String code) {
            return awaiting("a verdict")
                    .ignoreExceptionsInstanceOf(Unreachable.class)
                    .until(() -> ben.submit(asked, submission, code), _ -> true);
        }

        private UUID run(String name) {
            return Objects.requireNonNull(runs.get(name));
        }

        private String login(String name) {
            return "ada-" + (users + ASKED.indexOf(name));
        }

        private String code(String name) {
            return world.sandboxSite().code(login(name));
        }
    }

    private static void awaitNobodyReady() {
        awaiting("no service that calls itself ready")
                .until(
                        () ->
                                world.status().processes().stream()
                                        .filter(p -> SERVICES.contains(p.name()))
                                        .noneMatch(Status.ProcessStatus::ready));
    }

    private static void await(Instant instant) {
        awaiting("it has been away for " + AWAY).until(() -> Instant.now().isAfter(instant));
    }
}
