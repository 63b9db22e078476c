package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRejected;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.replies.Cancelled;
import dev.keyturn.replies.Expired;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.worker.sweep.Cleaner;
import dev.keyturn.worker.testing.Others;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A challenge's private key goes in the very transaction by which the run passes it: Postgres says
 * which transaction wrote a row ({@code xmin}), so that it is not enough if both are there in the
 * end. (Codes live as long as the topic that carries them: pitfall 14.)
 */
@QuarkusTest
class PassedTest extends WorkerIntegration {

    @Inject Cleaner cleaner;

    @Test
    void aStepThatEndsAfterTheRevealTakesTheKeyWithIt() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        TwoFaRequested asked = asked(ada, 0);
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertGone(asked);
        assertThat(
                        value(
                                """
                                select c.xmin = j.xmin from checkpoint c join journal j using (run_id)
                                where c.run_id = $1 and j.kind = 'STEP' and j.name = 'send code'
                                """,
                                run))
                .isEqualTo("true");
    }

    @Test
    void aRefusalByTheSiteTakesTheKeyWithIt() {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        TwoFaRequested first = asked(ada, 0);
        ada.types(0, "111111");
        TwoFaRequested second = asked(ada, 1);
        others.fact(ada.account, TwoFaRejected.class);
        assertGone(first);
        assertThat(privateKey(second)).startsWith("ey");
        assertWrittenWith(first, second);
        finish(ada);
    }

    @Test
    void aRefusalByTheWorkerTakesTheKeyWithIt() {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        TwoFaRequested first = asked(ada, 0);
        ada.types(0, "12345");
        TwoFaRequested second = asked(ada, 1);
        assertGone(first);
        assertWrittenWith(first, second);
        finish(ada);
    }

    @Test
    void aLaterChallengeTakesTheKeyOfACodeThatNoStepWasFinishedWith() {
        Person ada = person();
        ada.saves("two-codes");
        UUID _ = ada.runs();
        TwoFaRequested first = asked(ada, 0);
        ada.types(0, Site.CODE);
        TwoFaRequested second = asked(ada, 1);
        assertThat(second.retryOf()).isNull();
        assertGone(first);
        assertWrittenWith(first, second);
        finish(ada);
    }

    @Test
    void theRunsGoodEndTakesTheKeyWithIt() {
        Person ada = person();
        ada.saves("code-without-step");
        UUID run = ada.runs();
        TwoFaRequested asked = asked(ada, 0);
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertGone(asked);
        assertEndedWith(run);
    }

    @Test
    void theEndByACancelTakesTheKeyWithIt() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        TwoFaRequested asked = asked(ada, 0);
        ada.cancels(run);
        others.fact(ada.account, RunFailed.class);
        assertGone(asked);
        assertEndedWith(run);
    }

    @Test
    void theEndByTheSweepOfOverdueRunsTakesTheKeyWithIt() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        TwoFaRequested asked = asked(ada, 0);
        change("update run set ends_at = now() where run_id = $1", run);
        others.fact(ada.account, RunFailed.class);
        assertGone(asked);
        assertEndedWith(run);
    }

    @Test
    void aDeadlineThatPassedTakesTheKeyWithIt() {
        endsWithoutAnAnswer(
                a -> new Expired(UUID.randomUUID(), a.command().challengeId(), Instant.now()));
    }

    @Test
    void aPersonWhoGivesUpTakesTheKeyAlong() {
        endsWithoutAnAnswer(
                a -> new Cancelled(UUID.randomUUID(), a.command().challengeId(), Instant.now()));
    }

    private interface Ending {
        dev.keyturn.replies.Reply of(Others.Asked asked);
    }

    private void endsWithoutAnAnswer(Ending reply) {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        TwoFaRequested asked = asked(ada, 0);
        Others.Asked opened = others.asked(ada.account, 0);
        others.reply(opened, reply.of(opened));
        others.fact(ada.account, RunFailed.class);
        assertGone(asked);
        assertThat(
                        value(
                                """
                                select c.xmin = j.xmin from checkpoint c join journal j using (run_id)
                                where c.run_id = $1 and j.kind = 'WAIT'
                                """,
                                run))
                .isEqualTo("true");
    }

    @Test
    void theSweepTakesWhatAnEndedRunHasLeft() {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        TwoFaRequested asked = asked(ada, 0);
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        change(
                "update checkpoint set private_key = 'left', answer = 'left' where challenge_id ="
                        + " $1",
                asked.challengeId());
        boolean _ =
                onVirtualThread(
                        () -> {
                            cleaner.clean(Instant.now());
                            return true;
                        });
        assertGone(asked);
    }

    @Test
    void whatWasSealedToAPassedChallengeIsNoiseForTheFleetToo() throws Exception {
        Person ada = person();
        ada.saves(Map.of("script", "code"));
        UUID _ = ada.runs();
        TwoFaRequested asked = asked(ada, 0);
        String sealed =
                ChallengeKey.seal(
                        publicKeys().verify(String.valueOf(asked.sealTo())).jwk(),
                        Site.CODE,
                        asked.challengeId(),
                        asked.round());
        ada.gives(0, sealed);
        others.fact(ada.account, RunFinished.class);
        // All that could open it stood in this one row: no other column of any table has a key.
        assertThat(
                        value(
                                "select count(*) from checkpoint where challenge_id = $1 and"
                                        + " (private_key is not null or answer is not null)",
                                asked.challengeId()))
                .isEqualTo("0");
    }

    /** A run that waits would hold what others count. */
    private void finish(Person person) {
        person.types(1, Site.CODE);
        others.fact(person.account, RunFinished.class);
    }

    private TwoFaRequested asked(Person person, int number) {
        return others.fact(person.account, TwoFaRequested.class, number);
    }

    private String privateKey(TwoFaRequested asked) {
        return value(
                "select private_key from checkpoint where challenge_id = $1", asked.challengeId());
    }

    private void assertGone(TwoFaRequested asked) {
        assertThat(privateKey(asked)).isEqualTo("null");
        assertThat(
                        value(
                                "select answer from checkpoint where challenge_id = $1",
                                asked.challengeId()))
                .isEqualTo("null");
    }

    /** By the transaction that opened the second, which its journal's row was written by, too. */
    private void assertWrittenWith(TwoFaRequested passed, TwoFaRequested opened) {
        assertThat(
                        value(
                                "select xmin::text from checkpoint where challenge_id = $1",
                                passed.challengeId()))
                .isEqualTo(
                        value(
                                "select xmin::text from checkpoint where challenge_id = $1",
                                opened.challengeId()));
    }

    private void assertEndedWith(UUID run) {
        assertThat(
                        value(
                                "select c.xmin = r.xmin from checkpoint c join run r using (run_id)"
                                        + " where c.run_id = $1 and r.state = 'ENDED'",
                                run))
                .isEqualTo("true");
    }
}
