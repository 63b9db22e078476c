package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.CloseChallenge;
import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.events.TwoFaResent;
import dev.keyturn.replies.MethodChosen;
import dev.keyturn.replies.ResendAsked;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Reason;
import dev.keyturn.worker.testing.Others;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Another message, another way: each is made the site's once, and begins the next round. */
@QuarkusTest
class RoundsTest extends WorkerIntegration {

    private static final String RESEND = "POST /resend";

    private void wantsAnother(Others.Asked asked, int round) {
        others.reply(
                asked,
                new ResendAsked(
                        UUID.randomUUID(), asked.command().challengeId(), Instant.now(), round));
    }

    private void wantsMail(Others.Asked asked, int round) {
        others.reply(
                asked,
                new MethodChosen(
                        UUID.randomUUID(),
                        asked.command().challengeId(),
                        Instant.now(),
                        round,
                        FactorType.EMAIL));
    }

    private OpenChallenge opening(Person person, int number) {
        return (OpenChallenge) others.asked(person.account, number).command();
    }

    @Test
    void theSiteSendsAgainOnceAndTheNextRoundOfTheSameChallengeBegins() {
        Person ada = person();
        ada.saves("rounds");
        UUID run = ada.runs();
        OpenChallenge first = opening(ada, 0);
        assertThat(first.prompt().resendFrom()).isNotNull();
        assertThat(first.prompt().methods()).containsExactly(FactorType.EMAIL);
        wantsAnother(others.asked(ada.account, 0), 1);
        wantsAnother(others.asked(ada.account, 0), 1);
        OpenChallenge second = opening(ada, 1);
        assertThat(second)
                .returns(first.challengeId(), OpenChallenge::challengeId)
                .returns(first.deadline(), OpenChallenge::deadline)
                .returns(first.sealTo(), OpenChallenge::sealTo)
                .returns(2, OpenChallenge::round);
        assertThat(others.fact(ada.account, TwoFaResent.class))
                .returns(first.challengeId(), TwoFaResent::challengeId)
                .returns(2, TwoFaResent::round)
                .returns("••43", resent -> resent.prompt().destination());
        ada.typesTo(1, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertThat(site.count(RESEND)).isEqualTo(1);
        assertThat(site.codes()).containsExactly(Site.CODE);
        assertThat(others.openings(ada.account)).hasSize(2);
        assertThat(others.names(run))
                .containsExactly(
                        "LoginStarted",
                        "TwoFaRequested",
                        "TwoFaResent",
                        "LoginSucceeded",
                        "RunFinished");
    }

    @Test
    void anotherWayIsAnotherTypeAndAnotherDestination() {
        Person ada = person();
        ada.saves("rounds");
        UUID _ = ada.runs();
        wantsMail(others.asked(ada.account, 0), 1);
        TwoFaResent resent = others.fact(ada.account, TwoFaResent.class);
        assertThat(resent.prompt().type()).isEqualTo(FactorType.EMAIL);
        assertThat(resent.prompt().destination()).isEqualTo("a…@x.org");
        assertThat(resent.prompt().methods()).containsExactly(FactorType.SMS);
        assertThat(opening(ada, 1).prompt()).isEqualTo(resent.prompt());
        wantsAnother(others.asked(ada.account, 1), 2);
        assertThat(opening(ada, 2).round()).isEqualTo(3);
        ada.typesTo(2, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertThat(site.requests()).startsWith("POST /mail", RESEND, "POST /code");
    }

    @Test
    void whoAdoptsARunThatWaitsDoesWhatThePersonWantsOnce() {
        Person ada = person();
        ada.saves("rounds");
        UUID run = ada.runs();
        OpenChallenge first = opening(ada, 0);
        givenTo(run, otherInstance("dead before it did it", "now() - interval '1 second'"));
        others.fact(ada.account, RunAdopted.class);
        // What twofa-service says to whoever asks again: the wish stands.
        wantsAnother(others.asked(ada.account, 1), 1);
        Others.Asked again = others.asked(ada.account, 2);
        if (((OpenChallenge) again.command()).round() == 1) {
            wantsAnother(again, 1);
            again = others.asked(ada.account, 3);
        }
        assertThat((OpenChallenge) again.command())
                .returns(first.challengeId(), OpenChallenge::challengeId)
                .returns(2, OpenChallenge::round)
                .returns(2L, OpenChallenge::epoch);
        assertThat(site.count(RESEND)).isEqualTo(1);
        ada.typesTo(Math.toIntExact(others.openings(ada.account).count()) - 1, Site.CODE);
        others.fact(ada.account, RunFinished.class);
    }

    @Test
    void whatWasDoneBeforeTheWorkerDiedIsNotDoneAgainAndTheNextRoundBeginsAllTheSame() {
        Person ada = person();
        ada.saves("rounds");
        UUID run = ada.runs();
        wantsAnother(others.asked(ada.account, 0), 1);
        OpenChallenge second = opening(ada, 1);
        // As if its worker had died between the step's end and the next round's beginning.
        change("update checkpoint set round = 1 where challenge_id = $1", second.challengeId());
        givenTo(run, otherInstance("dead behind the step", "now() - interval '1 second'"));
        others.fact(ada.account, RunAdopted.class);
        wantsAnother(others.asked(ada.account, 2), 1);
        assertThat(opening(ada, 3))
                .returns(2, OpenChallenge::round)
                .returns(2L, OpenChallenge::epoch)
                .returns(second.prompt().destination(), o -> o.prompt().destination());
        assertThat(site.count(RESEND)).isEqualTo(1);
        ada.typesTo(3, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertThat(site.count(RESEND)).isEqualTo(1);
    }

    @Test
    void whatMayHaveBeenDoneBeforeTheWorkerDiedIsNotDoneAgain() {
        Person ada = person();
        ada.saves("rounds");
        UUID run = ada.runs();
        site.onResend(Site.Resend.HELD);
        wantsAnother(others.asked(ada.account, 0), 1);
        await().atMost(PATIENCE).until(() -> site.held() == 1);
        givenTo(run, otherInstance("dead in the step", "now() - interval '1 second'"));
        others.fact(ada.account, RunAdopted.class);
        wantsAnother(others.asked(ada.account, 1), 1);
        assertThat(others.fact(ada.account, RunFailed.class).reason())
                .isEqualTo(Reason.INTERRUPTED);
        assertThat(site.held()).isEqualTo(1);
        assertThat(others.of(ada.account, TwoFaResent.class)).isEmpty();
        site.releaseSlow();
        awaitIdle();
    }

    @Test
    void aSiteThatCannotSendAgainEndsTheRunAndItsChallenge() {
        Person ada = person();
        ada.saves("rounds");
        UUID _ = ada.runs();
        site.onResend(Site.Resend.DOWN);
        wantsAnother(others.asked(ada.account, 0), 1);
        assertThat(others.fact(ada.account, RunFailed.class).reason())
                .isEqualTo(Reason.VENDOR_DOWN);
        await().atMost(PATIENCE).until(() -> others.closings(ada.account).count() == 1);
    }

    @Test
    void aWaitThatTheConnectorGivesUpIsClosedBeforeItAsksAnew() {
        Person ada = person();
        ada.saves("gives-up-and-asks-again");
        UUID _ = ada.runs();
        OpenChallenge first = opening(ada, 0);
        site.onResend(Site.Resend.DOWN);
        wantsAnother(others.asked(ada.account, 0), 1);
        OpenChallenge second = opening(ada, 1);
        assertThat(second.challengeId()).isNotEqualTo(first.challengeId());
        assertThat(others.said(ada.account))
                .containsExactly(
                        "OpenChallenge " + first.challengeId(),
                        "CloseChallenge " + first.challengeId(),
                        "OpenChallenge " + second.challengeId());
        assertThat(others.closings(ada.account).findFirst().orElseThrow().outcome())
                .isEqualTo(ChallengeOutcome.SITE_EXPIRED);
        ada.typesTo(1, Site.CODE);
        others.fact(ada.account, RunFinished.class);
    }

    /**
     * One prompt per account over all runs: an account has one claimed run (an index says so), a
     * run one open challenge (another does), and what ends the one and opens the other is written
     * under the account's lock to one order of messages.
     */
    @Test
    void theChallengeOfARunThatEndedIsClosedBeforeTheOneOfTheNextRunIsOpened() {
        Person ada = person();
        ada.saves("code");
        UUID first = ada.runs();
        TwoFaRequested asked = others.fact(ada.account, TwoFaRequested.class);
        UUID second = ada.runs();
        UUID third = ada.runs();
        ada.cancels(first);
        TwoFaRequested again = others.fact(ada.account, TwoFaRequested.class, 1);
        ada.cancels(again.runId());
        TwoFaRequested last = others.fact(ada.account, TwoFaRequested.class, 2);
        assertThat(List.of(again.runId(), last.runId())).containsExactlyInAnyOrder(second, third);
        await().atMost(PATIENCE).until(() -> others.openings(ada.account).count() == 3);
        assertThat(others.said(ada.account))
                .containsExactly(
                        "OpenChallenge " + asked.challengeId(),
                        "CloseChallenge " + asked.challengeId(),
                        "OpenChallenge " + again.challengeId(),
                        "CloseChallenge " + again.challengeId(),
                        "OpenChallenge " + last.challengeId());
        assertThat(others.facts(ada.account).stream().map(fact -> fact.typeName()))
                .containsSubsequence(
                        "TwoFaRequested",
                        "RunFailed",
                        "TwoFaRequested",
                        "RunFailed",
                        "TwoFaRequested");
        assertThat(
                        value(
                                "select count(*) from checkpoint c join run r using (run_id) where"
                                        + " r.account_id = $1 and c.state = 'OPEN'",
                                ada.account))
                .isEqualTo("1");
        assertThat(closings(ada)).allMatch(c -> c.outcome().equals(ChallengeOutcome.RUN_ENDED));
        ada.cancels(last.runId());
        awaitIdle();
    }

    private List<CloseChallenge> closings(Person person) {
        return others.closings(person.account).toList();
    }
}
