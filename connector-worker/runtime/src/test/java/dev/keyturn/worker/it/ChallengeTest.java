package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRejected;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.replies.Cancelled;
import dev.keyturn.replies.Expired;
import dev.keyturn.replies.Extended;
import dev.keyturn.replies.ResendAsked;
import dev.keyturn.replies.WorkerReply;
import dev.keyturn.service.reply.PendingReplies;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.Reason;
import dev.keyturn.values.RejectedBy;
import dev.keyturn.values.RejectedWhy;
import dev.keyturn.values.Trigger;
import dev.keyturn.wire.Topics;
import dev.keyturn.worker.testing.Others;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChallengeTest extends WorkerIntegration {

    @Inject PendingReplies replies;
    @Inject KafkaClientService clients;

    @Test
    void aCodeGoesToTheSiteOnceAndItsKeyIsGoneAfterwards() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        TwoFaRequested fact = others.fact(ada.account, TwoFaRequested.class);
        OpenChallenge asked = (OpenChallenge) others.asked(ada.account, 0).command();
        assertThat(asked.challengeId()).isEqualTo(fact.challengeId());
        assertThat(asked.prompt()).isEqualTo(fact.prompt());
        assertThat(asked.deadline()).isEqualTo(fact.deadline());
        assertThat(asked.sealTo()).isEqualTo(fact.sealTo());
        assertThat(fact.attempt()).isEqualTo(1);
        assertThat(fact.prompt().destination()).isEqualTo("••42");
        assertThat(value("select state from run where run_id = $1", run)).isEqualTo("WAITING");
        assertThat(privateKey(fact)).startsWith("ey");

        ada.types(0, " 314 159 ");
        others.fact(ada.account, RunFinished.class);
        assertThat(site.codes()).containsExactly(Site.CODE);
        assertThat(others.names(run))
                .containsExactly(
                        "LoginStarted",
                        "AutoSuccessDisabled",
                        "TwoFaRequested",
                        "LoginSucceeded",
                        "RunFinished");
        assertThat(privateKey(fact)).isEqualTo("null");
        assertThat(value("select answer from checkpoint where challenge_id = $1", id(fact)))
                .isEqualTo("null");
        assertThat(others.closings(ada.account)).isEmpty();
    }

    @Test
    void aCodeThatTheSiteRefusesIsToldAndAskedForAgain() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        ada.types(0, "111111");
        TwoFaRequested first = others.fact(ada.account, TwoFaRequested.class);
        TwoFaRequested second = others.fact(ada.account, TwoFaRequested.class, 1);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.retryOf()).isEqualTo(first.challengeId());
        assertThat(second.prompt().words()).isEqualTo("That is wrong.");
        assertThat(others.fact(ada.account, TwoFaRejected.class))
                .returns(first.challengeId(), TwoFaRejected::challengeId)
                .returns(1, TwoFaRejected::attempt)
                .returns(RejectedBy.SITE, TwoFaRejected::by)
                .returns(RejectedWhy.WRONG, TwoFaRejected::why)
                .returns("That is wrong.", TwoFaRejected::words);
        assertThat(privateKey(first)).isEqualTo("null");
        ada.types(1, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertThat(others.names(run))
                .containsExactly(
                        "LoginStarted",
                        "AutoSuccessDisabled",
                        "TwoFaRequested",
                        "TwoFaRejected",
                        "TwoFaRequested",
                        "LoginSucceeded",
                        "RunFinished");
        assertThat(site.codes()).containsExactly("111111", Site.CODE);
    }

    @Test
    void aCodeOfTheWrongFormatGoesBackToThePersonAndNotToTheSite() {
        refusedByTheWorker(RejectedWhy.WRONG_FORMAT, "12345");
    }

    @Test
    void aCodeThatDoesNotOpenGoesBackToThePersonAndNotToTheSite() {
        refusedByTheWorker(RejectedWhy.UNREADABLE, null);
    }

    private void refusedByTheWorker(RejectedWhy why, @Nullable String code) {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        TwoFaRequested first = others.fact(ada.account, TwoFaRequested.class);
        if (code == null) {
            ada.gives(0, "eyJhbGciOiJub25lIn0.a.b.c.d");
        } else {
            ada.types(0, code);
        }
        TwoFaRequested second = others.fact(ada.account, TwoFaRequested.class, 1);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.retryOf()).isEqualTo(first.challengeId());
        assertThat(second.deadline()).isEqualTo(first.deadline());
        assertThat(second.sealTo()).isNotEqualTo(first.sealTo());
        assertThat(others.fact(ada.account, TwoFaRejected.class))
                .returns(first.challengeId(), TwoFaRejected::challengeId)
                .returns(RejectedBy.WORKER, TwoFaRejected::by)
                .returns(why, TwoFaRejected::why);
        assertThat(value("select counted from checkpoint where challenge_id = $1", id(first)))
                .isEqualTo("false");
        ada.types(1, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertThat(site.codes()).containsExactly(Site.CODE);
        assertThat(others.names(run))
                .containsSubsequence("TwoFaRequested", "TwoFaRejected", "TwoFaRequested");
    }

    @Test
    void fromTheSixthOnCodesThatTheWorkerRefusesCount() {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        for (int attempt = 0; attempt < 6; attempt++) {
            ada.types(attempt, "12345");
        }
        TwoFaRequested fifth = others.fact(ada.account, TwoFaRequested.class, 4);
        TwoFaRequested sixth = others.fact(ada.account, TwoFaRequested.class, 5);
        others.fact(ada.account, TwoFaRequested.class, 6);
        assertThat(value("select counted from checkpoint where challenge_id = $1", id(fifth)))
                .isEqualTo("false");
        assertThat(value("select counted from checkpoint where challenge_id = $1", id(sixth)))
                .isEqualTo("true");
        ada.types(6, Site.CODE);
        others.fact(ada.account, RunFinished.class);
    }

    @Test
    void nobodyAnsweredInTimeEndsTheRun() {
        ends(Expired::new, Reason.TWOFA_EXPIRED);
    }

    @Test
    void thePersonGaveUpEndsTheRun() {
        ends(Cancelled::new, Reason.TWOFA_CANCELLED);
    }

    private interface Bare {
        WorkerReply of(UUID replyId, UUID challengeId, Instant at);
    }

    private void ends(Bare reply, Reason reason) {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        Others.Asked asked = others.asked(ada.account, 0);
        others.reply(
                asked, reply.of(UUID.randomUUID(), asked.command().challengeId(), Instant.now()));
        assertThat(others.fact(ada.account, RunFailed.class).reason()).isEqualTo(reason);
        awaitIdle();
        assertThat(others.closings(ada.account)).isEmpty();
        assertThat(site.codes()).isEmpty();
    }

    @Test
    void aRunThatNobodyWatchesAsksNobody() {
        Person ada = person();
        ada.saves("code");
        UUID run =
                ada.runs(
                                Trigger.SCHEDULED,
                                "scripted",
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(5),
                                false)
                        .runId();
        assertThat(others.fact(ada.account, RunFailed.class).reason())
                .isEqualTo(Reason.TWOFA_EXPIRED);
        assertThat(others.names(run))
                .containsExactly("LoginStarted", "AutoSuccessDisabled", "RunFailed");
        assertThat(others.openings(ada.account)).isEmpty();
    }

    @Test
    void aCancelEndsTheWaitAndClosesTheChallenge() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        TwoFaRequested fact = others.fact(ada.account, TwoFaRequested.class);
        await().atMost(PATIENCE).until(() -> slots.waiting() == 1);
        ada.cancels(run);
        await().atMost(PATIENCE).until(() -> slots.waiting() == 0);
        assertThat(others.fact(ada.account, RunFailed.class).reason()).isEqualTo(Reason.CANCELLED);
        await().atMost(PATIENCE).until(() -> others.closings(ada.account).count() == 1);
        assertThat(others.closings(ada.account).findFirst().orElseThrow())
                .returns(fact.challengeId(), c -> c.challengeId())
                .returns(ChallengeOutcome.RUN_ENDED, c -> c.outcome());
        assertThat(privateKey(fact)).isEqualTo("null");
    }

    @Test
    void afterTheDeadlineTheWorkerAsksAgainAndGoesOnWithTheAnswerToThat() {
        Person ada = person();
        ada.saves(Map.of("script", "code", "seconds", "1"));
        UUID _ = ada.runs();
        others.asked(ada.account, 0);
        Others.Asked again = others.asked(ada.account, 1);
        OpenChallenge first = (OpenChallenge) others.asked(ada.account, 0).command();
        OpenChallenge second = (OpenChallenge) again.command();
        assertThat(second.at()).isAfterOrEqualTo(first.deadline().plusSeconds(5));
        assertThat(second.challengeId()).isEqualTo(first.challengeId());
        assertThat(second.deadline()).isEqualTo(first.deadline());
        assertThat(second.commandId()).isNotEqualTo(first.commandId());
        assertThat(others.of(ada.account, TwoFaRequested.class)).hasSize(1);
        others.reply(again, new Expired(UUID.randomUUID(), second.challengeId(), Instant.now()));
        assertThat(others.fact(ada.account, RunFailed.class).reason())
                .isEqualTo(Reason.TWOFA_EXPIRED);
    }

    @Test
    void afterAGapInTheReadingOfRepliesTheWorkerAsksAgain() {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        Others.Asked asked = others.asked(ada.account, 0);
        UUID challenge = asked.command().challengeId();
        others.reply(asked, new ResendAsked(UUID.randomUUID(), challenge, Instant.now(), 1));
        TopicPartition mine =
                new TopicPartition(Topics.REPLIES.name(), replies.address("any").partition());
        int gaps = replies.gaps();
        Others.Asked again =
                await().atMost(PATIENCE)
                        .until(
                                () -> {
                                    positionAnew(mine);
                                    return others.openings(ada.account).skip(1).findFirst();
                                },
                                Optional::isPresent)
                        .orElseThrow();
        assertThat(replies.gaps()).isGreaterThan(gaps);
        assertThat(again.command().challengeId()).isEqualTo(challenge);
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
    }

    // As after a log that was cut: further back than what was read.
    private void positionAnew(TopicPartition partition) {
        var _ =
                clients.getConsumer("replies-in")
                        .runOnPollingThread(
                                c -> {
                                    c.seek(partition, Math.max(0, c.position(partition) - 1));
                                    return true;
                                })
                        .await()
                        .atMost(PATIENCE);
    }

    @Test
    void aDeadlineThatWasMovedIsTheOneToAskAgainAfter() {
        Person ada = person();
        ada.saves(Map.of("script", "code", "seconds", "1"));
        UUID _ = ada.runs();
        Others.Asked asked = others.asked(ada.account, 0);
        OpenChallenge open = (OpenChallenge) asked.command();
        Instant later = open.deadline().plusSeconds(3);
        others.reply(
                asked, new ResendAsked(UUID.randomUUID(), open.challengeId(), Instant.now(), 1));
        others.reply(
                asked, new Extended(UUID.randomUUID(), open.challengeId(), Instant.now(), later));
        Others.Asked again = others.asked(ada.account, 1);
        OpenChallenge second = (OpenChallenge) again.command();
        assertThat(second.at()).isAfterOrEqualTo(later.plusSeconds(5));
        assertThat(second.deadline()).isEqualTo(later);
        assertThat(count("keyturn.worker.replies.ignored", "type", "ResendAsked"))
                .isGreaterThanOrEqualTo(1);
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
    }

    @Test
    void aCodeIsRevealedOnce() {
        Person ada = person();
        ada.saves("reveals-twice");
        UUID run = ada.runs();
        ada.types(0, "abc");
        assertThat(others.fact(ada.account, RunFailed.class).reason())
                .isEqualTo(Reason.INTERRUPTED);
        assertThat(
                        value(
                                "select once and not done from journal where run_id = $1 and"
                                        + " kind = 'STEP'",
                                run))
                .isEqualTo("true");
    }

    @Test
    void aReplyThatComesTwiceIsUsedOnce() {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        TwoFaRequested fact = others.fact(ada.account, TwoFaRequested.class);
        ada.types(0, Site.CODE);
        ada.types(0, "222222");
        others.fact(ada.account, RunFinished.class);
        assertThat(site.codes()).containsExactly(Site.CODE);
        assertThat(fact.challengeId()).isNotNull();
    }

    @Test
    void whoHasLostTheRunMakesNoFactAndUsesNoCode() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        others.fact(ada.account, TwoFaRequested.class);
        double before = count("keyturn.worker.zombie.writes");
        change("update run set epoch = epoch + 1 where run_id = $1", run);
        ada.types(0, Site.CODE);
        await().atMost(PATIENCE).until(() -> count("keyturn.worker.zombie.writes") == before + 1);
        await().atMost(PATIENCE).until(() -> slots.waiting() == 0);
        assertThat(site.codes()).isEmpty();
        assertThat(others.names(run))
                .startsWith("LoginStarted", "AutoSuccessDisabled", "TwoFaRequested")
                .doesNotContain("LoginSucceeded");
        change("update run set ends_at = now() where run_id = $1", run);
        assertThat(others.fact(ada.account, RunFailed.class).epoch()).isGreaterThanOrEqualTo(3);
    }

    private String privateKey(TwoFaRequested fact) {
        return value("select private_key from checkpoint where challenge_id = $1", id(fact));
    }

    private static UUID id(TwoFaRequested fact) {
        return fact.challengeId();
    }
}
