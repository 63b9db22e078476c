package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRejected;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.replies.Expired;
import dev.keyturn.values.Reason;
import dev.keyturn.worker.testing.Others;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What is asked of one account within an hour; the scripted connector declares the usual budget.
 */
@QuarkusTest
class BudgetTest extends WorkerIntegration {

    private static final String COUNT =
            "select count(*) from spent where account_id = $1 and kind = ";
    private static final String PROMPTS = COUNT + "'PROMPT'";
    private static final String WRONG_CODES = COUNT + "'WRONG_CODE'";

    @Test
    void theThirdWrongCodeIsTheLastThatAnybodyIsAskedForBeforeTheHourIsOver() {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        Instant before = Instant.now();
        for (int attempt = 0; attempt < 3; attempt++) {
            ada.types(attempt, "11111" + attempt);
        }
        assertSpent(others.fact(ada.account, RunFailed.class), before);
        assertThat(others.of(ada.account, TwoFaRejected.class)).hasSize(3);
        assertThat(others.of(ada.account, TwoFaRequested.class)).hasSize(3);
        assertThat(value(WRONG_CODES, ada.account)).isEqualTo("3");
        assertThat(value(PROMPTS, ada.account)).isEqualTo("1");

        UUID next = ada.runs();
        RunFailed again = others.fact(ada.account, RunFailed.class, 1);
        assertThat(again.runId()).isEqualTo(next);
        assertSpent(again, before);
        assertThat(others.openings(ada.account)).hasSize(3);

        anHourPasses(ada);
        UUID _ = ada.runs();
        ada.types(3, Site.CODE);
        others.fact(ada.account, RunFinished.class);
    }

    private static void assertSpent(RunFailed failed, Instant before) {
        assertThat(failed.reason()).isEqualTo(Reason.ATTEMPTS_SPENT);
        assertThat(Objects.requireNonNull(failed.until()))
                .isCloseTo(before.plus(Duration.ofHours(1)), within(60, ChronoUnit.SECONDS));
    }

    @Test
    void afterTheFifthPromptTheSiteIsNotEvenMadeToSend() {
        Person ada = person();
        ada.saves("polite");
        Instant before = Instant.now();
        for (int prompt = 0; prompt < 5; prompt++) {
            UUID _ = ada.runs();
            Others.Asked asked = others.asked(ada.account, prompt);
            others.reply(
                    asked,
                    new Expired(UUID.randomUUID(), asked.command().challengeId(), Instant.now()));
            RunFailed failed = others.fact(ada.account, RunFailed.class, prompt);
            assertThat(failed.reason()).isEqualTo(Reason.TWOFA_EXPIRED);
            assertThat(failed.until() != null).isEqualTo(prompt == 4);
        }
        assertThat(site.count("GET /home")).isEqualTo(5);
        UUID _ = ada.runs();
        assertSpent(others.fact(ada.account, RunFailed.class, 5), before);
        assertThat(site.count("GET /home")).isEqualTo(5);
        assertThat(others.openings(ada.account)).hasSize(5);
    }

    @Test
    void whoAdoptsARunThatAskedForTheLastTimeGoesOnWithIt() {
        Person ada = person();
        ada.saves("polite");
        UUID run = ada.runs();
        others.fact(ada.account, TwoFaRequested.class);
        spend(ada, 4, "PROMPT");
        givenTo(run, otherInstance("dead after the last prompt", "now() - interval '1 second'"));
        others.fact(ada.account, RunAdopted.class);
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
    }

    @Test
    void aCodeThatTheSiteMayHaveCountedCounts() {
        Person ada = person();
        ada.saves("code-slow");
        UUID run = ada.runs();
        ada.types(0, Site.CODE);
        await().atMost(PATIENCE)
                .until(
                        () ->
                                value("select state from checkpoint where run_id = $1", run)
                                        .equals("REVEALED"));
        givenTo(run, otherInstance("dead behind the reveal", "now() - interval '1 second'"));
        assertThat(others.fact(ada.account, RunFailed.class).reason())
                .isEqualTo(Reason.INTERRUPTED);
        assertThat(value(WRONG_CODES, ada.account)).isEqualTo("1");
        site.releaseSlow();
        awaitIdle();
    }

    @Test
    void aCodeThatTheWorkerRefusesCostsNothing() {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        ada.types(0, "12345");
        ada.types(1, "12345");
        ada.types(2, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertThat(value(WRONG_CODES, ada.account)).isEqualTo("0");
        assertThat(value(PROMPTS, ada.account)).isEqualTo("1");
    }

    @Test
    void whatOneAccountSpendsIsNotAnothers() {
        Person ada = person();
        Person ben = person();
        ben.saves("code");
        spend(ada, 10, "WRONG_CODE");
        UUID _ = ben.runs();
        ben.types(0, Site.CODE);
        others.fact(ben.account, RunFinished.class);
    }

    private void spend(Person person, int number, String kind) {
        for (int i = 0; i < number; i++) {
            change(
                    "insert into spent (challenge_id, kind, account_id, connector, at) values ($1,"
                            + " $2, $3, 'scripted', now())",
                    UUID.randomUUID(),
                    kind,
                    person.account);
        }
    }

    private void anHourPasses(Person person) {
        change(
                "update spent set at = at - interval '1 hour' where account_id = $1",
                person.account);
    }
}
