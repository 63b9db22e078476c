package dev.keyturn.home.status;

import static dev.keyturn.home.status.Facts.at;
import static dev.keyturn.home.status.Facts.fold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.events.RunFact;
import dev.keyturn.home.status.Folded.Effect;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.Reason;
import dev.keyturn.values.Trigger;
import dev.keyturn.wire.Json;
import dev.keyturn.wire.MessageTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStatusTest {

    private static final UUID FIRST = UUID.randomUUID();
    private static final UUID SECOND = UUID.randomUUID();

    private final Facts f = Facts.manual();

    // ---- every state × every fact -------------------------------------------------------------

    private Map<String, List<RunFact>> states() {
        Map<String, List<RunFact>> states = new LinkedHashMap<>();
        states.put("QUEUED", List.of(f.queued(0)));
        states.put("CONNECTING", with(states.get("QUEUED"), f.started(1)));
        states.put("WAITING", with(states.get("CONNECTING"), f.requested(2, FIRST)));
        states.put("CHECKING", with(states.get("WAITING"), f.answered(3, FIRST)));
        states.put("REFUSED", with(states.get("CHECKING"), f.rejected(4, FIRST)));
        states.put("CONNECTED", with(states.get("CONNECTING"), f.succeeded(5)));
        states.put("FETCHING", with(states.get("CONNECTED"), f.document(6)));
        states.put("DONE", with(states.get("FETCHING"), f.finished(7)));
        states.put("FAILED", with(states.get("WAITING"), f.failed(7)));
        return states;
    }

    private List<RunFact> facts() {
        return List.of(
                f.queued(9),
                f.started(9),
                f.adopted(9),
                f.disarmed(9),
                f.requested(9, SECOND),
                f.resent(9, FIRST, 2),
                f.rejected(9, FIRST),
                f.succeeded(9),
                f.loginFailed(9),
                f.document(9),
                f.finished(9),
                f.failed(9),
                f.answered(9, FIRST),
                f.extended(9, FIRST, 400),
                f.expired(9, FIRST),
                f.cancelled(9, FIRST),
                f.closed(9, FIRST, ChallengeOutcome.APPROVED),
                f.turnedAway(9, FIRST));
    }

    @Test
    void everyStateTakesEveryFactToTheStateInTheTable() {
        String table =
                """
                fact                QUEUED     CONNECTING WAITING    CHECKING   REFUSED    CONNECTED  FETCHING   DONE       FAILED
                RunQueued           QUEUED     CONNECTING WAITING    CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                LoginStarted        CONNECTING CONNECTING WAITING    CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                RunAdopted          CONNECTING CONNECTING WAITING    CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                AutoSuccessDisabled QUEUED     CONNECTING WAITING    CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                TwoFaRequested      WAITING    WAITING    WAITING    WAITING    WAITING    WAITING    WAITING    DONE!      FAILED!
                TwoFaResent         QUEUED     CONNECTING WAITING    CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                TwoFaRejected       QUEUED     CONNECTING CONNECTING CONNECTING CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                LoginSucceeded      CONNECTED  CONNECTED  WAITING    CONNECTED  CONNECTED  CONNECTED  FETCHING   DONE!      FAILED!
                LoginFailed         QUEUED     CONNECTING WAITING    CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                DocumentSaved       FETCHING   FETCHING   WAITING    FETCHING   FETCHING   FETCHING   FETCHING   DONE!      FAILED!
                RunFinished         DONE       DONE       DONE       DONE       DONE       DONE       DONE       DONE!      FAILED!
                RunFailed           FAILED     FAILED     FAILED     FAILED     FAILED     FAILED     FAILED     DONE!      FAILED!
                TwoFaAnswered       QUEUED     CONNECTING CHECKING   CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                TwoFaExtended       QUEUED     CONNECTING WAITING    CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                TwoFaExpired        QUEUED     CONNECTING CONNECTING CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                TwoFaCancelled      QUEUED     CONNECTING CONNECTING CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                TwoFaClosed         QUEUED     CONNECTING CONNECTING CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                TwoFaCodeTurnedAway QUEUED     CONNECTING WAITING    CHECKING   CONNECTING CONNECTED  FETCHING   DONE!      FAILED!
                """;
        assertThat(drawn()).isEqualTo(table);
    }

    @Test
    void theTableHasEveryFactOfARun() {
        Set<String> inTable = facts().stream().map(RunFact::typeName).collect(Collectors.toSet());
        assertThat(inTable).isEqualTo(MessageTypes.of(Set.of(RunFact.class)).keySet());
    }

    private String drawn() {
        StringBuilder table = new StringBuilder(cell("fact", 20));
        states().keySet().forEach(s -> table.append(cell(s, 11)));
        StringBuilder all = new StringBuilder(table.toString().stripTrailing()).append('\n');
        for (RunFact fact : facts()) {
            StringBuilder row = new StringBuilder(cell(fact.typeName(), 20));
            for (List<RunFact> before : states().values()) {
                Folded after = fold(before).on(fact);
                RunState state = after.status().shownAt(at(8)).state();
                row.append(cell(state + (after.effect() == Effect.APPLIED ? "" : "!"), 11));
            }
            all.append(row.toString().stripTrailing()).append('\n');
        }
        return all.toString();
    }

    private static String cell(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    // ---- presumed success ---------------------------------------------------------------------

    @Test
    void aManualLoginIsPresumedToHaveSucceededAfterEightSecondsAndNotBefore() {
        RunStatus connecting = fold(List.of(f.queued(0), f.started(1)));

        assertThat(connecting.shownAt(at(9).minusMillis(1)))
                .isEqualTo(new ShownRun(RunState.CONNECTING, at(1), null, at(9)));
        assertThat(connecting.shownAt(at(9)))
                .isEqualTo(new ShownRun(RunState.PRESUMED, at(9), null, null));
    }

    @Test
    void anAdoptionCountsTheEightSecondsAnew() {
        RunStatus adopted = fold(List.of(f.queued(0), f.started(1), f.epoch(2).adopted(8)));

        assertThat(adopted.shownAt(at(15)).state()).isEqualTo(RunState.CONNECTING);
        assertThat(adopted.shownAt(at(16)).state()).isEqualTo(RunState.PRESUMED);
    }

    @Test
    void aScheduledLoginIsNeverPresumed() {
        Facts s = f.trigger(Trigger.SCHEDULED);
        RunStatus connecting = fold(List.of(s.queued(0), s.started(1)));

        assertThat(connecting.shownAt(at(1000)))
                .isEqualTo(new ShownRun(RunState.CONNECTING, at(1), null, null));
    }

    @Test
    void whatDisarmsThePresumptionAlsoTakesItBack() {
        List<RunFact> presumed = List.of(f.queued(0), f.started(1));
        for (RunFact fact : List.of(f.disarmed(20), f.requested(20, FIRST), f.loginFailed(20))) {
            RunStatus after = fold(with(presumed, fact));
            assertThat(after.shownAt(at(21)).state())
                    .as(fact.typeName())
                    .isIn(RunState.CONNECTING, RunState.WAITING);
            assertThat(after.shownAt(at(21)).changesAt()).isNull();
        }
    }

    @Test
    void aPresumedLoginThatFailsIsShownAsFailed() {
        RunStatus failed =
                fold(
                        List.of(
                                f.queued(0),
                                f.started(1),
                                f.loginFailed(20),
                                f.failed(20, Reason.LOGIN_FAILED)));

        assertThat(failed.shownAt(at(21)))
                .isEqualTo(
                        new ShownRun(
                                RunState.FAILED,
                                at(20),
                                new RunEnd(at(20), Reason.LOGIN_FAILED, "words", "c-1", null),
                                null));
    }

    @Test
    void aDisarmedLoginStaysDisarmedAfterAnAdoption() {
        RunStatus adopted =
                fold(List.of(f.queued(0), f.started(1), f.disarmed(2), f.epoch(2).adopted(30)));

        assertThat(adopted.shownAt(at(600)).state()).isEqualTo(RunState.CONNECTING);
    }

    // ---- never started ------------------------------------------------------------------------

    @Test
    void aRunThatNobodyMentionsIsGivenUpAnHourAfterItsNotAfter() {
        RunStatus queued = fold(List.of(f.queued(0)));
        Instant givenUp = at(7200);

        assertThat(queued.shownAt(givenUp.minusMillis(1)))
                .isEqualTo(new ShownRun(RunState.QUEUED, at(0), null, givenUp));
        assertThat(queued.shownAt(givenUp))
                .isEqualTo(
                        new ShownRun(
                                RunState.FAILED,
                                givenUp,
                                new RunEnd(givenUp, Reason.NOT_STARTED, null, null, null),
                                null));
    }

    @Test
    void aFactTakesTheGivingUpBack() {
        RunStatus started = fold(List.of(f.queued(0), f.started(9000)));

        assertThat(started.shownAt(at(9001)).state()).isEqualTo(RunState.CONNECTING);
    }

    // ---- challenges ---------------------------------------------------------------------------

    @Test
    void aCodeCountsAsAcceptedAtTheFirstWordThatTheLoginWentOn() {
        List<RunFact> checking =
                List.of(f.queued(0), f.started(1), f.requested(2, FIRST), f.answered(3, FIRST));
        for (RunFact goesOn :
                List.of(f.succeeded(4), f.document(4), f.requested(4, SECOND), f.finished(4))) {
            ChallengeStatus first = fold(with(checking, goesOn)).challenges().getFirst();
            assertThat(first.state()).as(goesOn.typeName()).isEqualTo(ChallengeState.ENDED);
            assertThat(first.outcome()).isEqualTo(ChallengeEnd.ACCEPTED);
            assertThat(first.since()).isEqualTo(at(4));
        }
        assertThat(fold(checking).challenges().getFirst().state())
                .isEqualTo(ChallengeState.CHECKING);
    }

    @Test
    void theNextAttemptSaysWhyTheLastOneWasRefused() {
        RunStatus retried =
                fold(
                        List.of(
                                f.queued(0),
                                f.started(1),
                                f.requested(2, FIRST),
                                f.answered(3, FIRST),
                                f.rejected(4, FIRST),
                                f.retry(5, SECOND, FIRST)));

        assertThat(retried.challenges())
                .extracting(ChallengeStatus::state)
                .containsExactly(ChallengeState.REJECTED, ChallengeState.OPEN);
        assertThat(retried.challenges().get(1).rejected())
                .isEqualTo(retried.challenges().get(0).rejected())
                .isNotNull();
        assertThat(retried.shownAt(at(5)).state()).isEqualTo(RunState.WAITING);
    }

    @Test
    void aRetryRefusesTheAttemptBeforeEvenIfNothingElseSaidSo() {
        RunStatus retried =
                fold(
                        List.of(
                                f.queued(0),
                                f.started(1),
                                f.requested(2, FIRST),
                                f.answered(3, FIRST),
                                f.retry(5, SECOND, FIRST)));

        assertThat(retried.challenges().getFirst().state()).isEqualTo(ChallengeState.REJECTED);
    }

    @Test
    void anEndThatOvertakesItsRequestStillCounts() {
        for (RunFact end :
                List.of(
                        f.expired(2, FIRST),
                        f.cancelled(2, FIRST),
                        f.closed(2, FIRST, ChallengeOutcome.SITE_EXPIRED),
                        f.answered(2, FIRST))) {
            RunStatus run = fold(List.of(f.queued(0), f.started(1), end, f.requested(3, FIRST)));
            assertThat(run.challenges()).as(end.typeName()).hasSize(1);
            assertThat(run.challenges().getFirst().waits()).isFalse();
            assertThat(run.challenges().getFirst().asked()).isNotNull();
            assertThat(run.shownAt(at(3)).state()).isNotEqualTo(RunState.WAITING);
        }
    }

    @Test
    void anEndOfAChallengeThatNobodyAskedForIsNotShownAsOne() {
        RunStatus run = fold(List.of(f.queued(0), f.started(1), f.expired(2, FIRST)));

        assertThat(run.lastAsked()).isEmpty();
        assertThat(run.shownAt(at(2)).state()).isEqualTo(RunState.CONNECTING);
    }

    @Test
    void theRunsEndClosesItsChallenges() {
        RunStatus failed =
                fold(List.of(f.queued(0), f.started(1), f.requested(2, FIRST), f.failed(3)));

        assertThat(failed.challenges())
                .extracting(ChallengeStatus::outcome)
                .containsExactly(ChallengeEnd.RUN_ENDED);
    }

    @Test
    void aChallengeEndsOnce() {
        RunStatus run =
                fold(
                        List.of(
                                f.queued(0),
                                f.started(1),
                                f.requested(2, FIRST),
                                f.cancelled(3, FIRST),
                                f.expired(4, FIRST),
                                f.answered(5, FIRST),
                                f.rejected(6, FIRST)));

        ChallengeStatus challenge = run.challenges().getFirst();
        assertThat(challenge.outcome()).isEqualTo(ChallengeEnd.CANCELLED);
        assertThat(challenge.since()).isEqualTo(at(3));
    }

    @Test
    void eachWayOfClosingHasItsOutcome() {
        Map<ChallengeOutcome, ChallengeEnd> expected =
                Map.of(
                        ChallengeOutcome.APPROVED,
                        ChallengeEnd.ACCEPTED,
                        ChallengeOutcome.DENIED,
                        ChallengeEnd.CLOSED,
                        ChallengeOutcome.SITE_EXPIRED,
                        ChallengeEnd.CLOSED,
                        ChallengeOutcome.RUN_ENDED,
                        ChallengeEnd.RUN_ENDED,
                        new ChallengeOutcome("NEWER"),
                        ChallengeEnd.CLOSED);
        expected.forEach(
                (outcome, end) ->
                        assertThat(
                                        fold(List.of(
                                                        f.queued(0),
                                                        f.requested(2, FIRST),
                                                        f.closed(3, FIRST, outcome)))
                                                .challenges()
                                                .getFirst()
                                                .outcome())
                                .as(outcome.text())
                                .isEqualTo(end));
    }

    @Test
    void aNewRoundBringsItsPromptAndAnOlderOneChangesNothing() {
        RunStatus resent = fold(List.of(f.queued(0), f.requested(2, FIRST), f.resent(3, FIRST, 2)));
        Asked asked = java.util.Objects.requireNonNull(resent.challenges().getFirst().asked());

        assertThat(asked.round()).isEqualTo(2);
        assertThat(asked.prompt().destination()).isEqualTo("••43");
        assertThat(resent.on(f.resent(4, FIRST, 2)).status().challenges())
                .isEqualTo(resent.challenges());
        assertThat(resent.on(f.requested(4, FIRST)).status().challenges())
                .isEqualTo(resent.challenges());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMovedDeadlineCountsWhicheverComesFirst(boolean requestFirst) {
        List<RunFact> facts = new ArrayList<>(List.of(f.queued(0)));
        facts.add(requestFirst ? f.requested(2, FIRST) : f.extended(3, FIRST, 500));
        facts.add(requestFirst ? f.extended(3, FIRST, 500) : f.requested(2, FIRST));

        Asked asked = java.util.Objects.requireNonNull(fold(facts).challenges().getFirst().asked());
        assertThat(asked.deadline()).isEqualTo(at(500));
    }

    // ---- facts that do not count ----------------------------------------------------------------

    @Test
    void noFactAfterTheEndChangesAnything() {
        RunStatus done = fold(List.of(f.queued(0), f.started(1), f.finished(2)));
        for (RunFact fact : facts()) {
            assertThat(done.on(fact))
                    .as(fact.typeName())
                    .isEqualTo(new Folded(done, Effect.AFTER_THE_END));
        }
    }

    @Test
    void aFactOfAnOlderEpochIsAnAlarmAndChangesNothing() {
        RunStatus adopted = fold(List.of(f.queued(0), f.started(1), f.epoch(2).adopted(5)));

        assertThat(adopted.on(f.failed(6))).isEqualTo(new Folded(adopted, Effect.OLDER_EPOCH));
        assertThat(adopted.on(f.epoch(2).failed(6)).effect()).isEqualTo(Effect.APPLIED);
    }

    @Test
    void aLogThatBeginsInTheMiddleOfARunIsUnderstood() {
        RunStatus run = fold(List.of(f.requested(2, FIRST)));

        assertThat(run.shownAt(at(3)).state()).isEqualTo(RunState.WAITING);
        assertThat(run.connector()).isNull();
    }

    @Test
    void foldingTheSameFactsWithTheSameTimeGivesTheSame() throws Exception {
        List<RunFact> facts =
                List.of(f.queued(0), f.started(1), f.requested(2, FIRST), f.answered(3, FIRST));

        assertThat(fold(facts)).isEqualTo(fold(facts));
        byte[] kept = Json.mapper().writeValueAsBytes(fold(facts));
        assertThat(Json.mapper().readValue(kept, RunStatus.class)).isEqualTo(fold(facts));
    }

    @Test
    void anAccountShowsItsLatestRunUnlessItIsPaused() {
        assertThat(AccountState.of(false, null)).isEqualTo(AccountState.IDLE);
        assertThat(AccountState.of(false, RunState.DONE)).isEqualTo(AccountState.CONNECTED);
        for (RunState state : RunState.values()) {
            assertThat(AccountState.of(true, state)).isEqualTo(AccountState.PAUSED);
            if (state != RunState.DONE) {
                assertThat(AccountState.of(false, state).name()).isEqualTo(state.name());
            }
        }
    }

    private static List<RunFact> with(List<RunFact> facts, RunFact next) {
        List<RunFact> all = new ArrayList<>(facts);
        all.add(next);
        return all;
    }
}
