package dev.keyturn.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.events.LoginFailed;
import dev.keyturn.events.LoginStarted;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.values.Reason;
import dev.keyturn.values.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunRulesTest {

    private static final Instant NOT_AFTER = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant ENDS = Instant.parse("2026-01-01T11:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-01-01T09:59:59.999999Z");
    private static final UUID HOLDER = UUID.fromString("00000000-0000-0000-0000-00000000000a");

    private static final Standing QUEUED = new Standing.Queued(0);
    private static final Standing WORKING = claimed(false, false);
    private static final Standing WAITING = claimed(true, false);
    private static final Standing CANCELLED = claimed(true, true);
    private static final Standing ADOPTABLE = new Standing.Adoptable(1, ENDS, false);
    private static final Standing ENDED = new Standing.Ended(1);

    private static Standing.Claimed claimed(boolean waiting, boolean cancelAsked) {
        return claimed(waiting, cancelAsked, 0, false);
    }

    private static Standing.Claimed claimed(
            boolean waiting, boolean cancelAsked, int losses, boolean unsafe) {
        return new Standing.Claimed(HOLDER, 1, ENDS, waiting, cancelAsked, losses, unsafe);
    }

    static Run run(Standing standing) {
        return new Run(
                UUID.fromString("00000000-0000-0000-0000-000000000001"),
                UUID.fromString("00000000-0000-0000-0000-000000000002"),
                UUID.fromString("00000000-0000-0000-0000-000000000003"),
                "sandbox",
                Trigger.MANUAL,
                false,
                NOT_AFTER,
                Duration.ofHours(1),
                null,
                standing);
    }

    static Stream<Arguments> everyStanding() {
        Instant late = ENDS.plusSeconds(1);
        Instant justBefore = ENDS.minusNanos(1_000);
        return Stream.of(
                Arguments.of(QUEUED, false, BEFORE, null),
                Arguments.of(QUEUED, false, NOT_AFTER, Reason.NOT_STARTED),
                Arguments.of(QUEUED, true, BEFORE, null),
                Arguments.of(QUEUED, true, late, Reason.NOT_STARTED),
                Arguments.of(WORKING, false, NOT_AFTER, null),
                Arguments.of(WORKING, false, justBefore, null),
                Arguments.of(WORKING, false, ENDS, Reason.INTERRUPTED),
                Arguments.of(WORKING, true, BEFORE, null),
                Arguments.of(WORKING, true, ENDS, Reason.INTERRUPTED),
                Arguments.of(claimed(false, false, 1, false), true, BEFORE, null),
                Arguments.of(claimed(false, false, 2, false), true, BEFORE, Reason.INTERRUPTED),
                Arguments.of(claimed(false, false, 2, false), false, BEFORE, null),
                Arguments.of(claimed(true, false, 2, false), true, BEFORE, null),
                Arguments.of(claimed(false, false, 0, true), true, BEFORE, Reason.INTERRUPTED),
                Arguments.of(claimed(true, false, 0, true), true, BEFORE, Reason.INTERRUPTED),
                Arguments.of(claimed(false, false, 0, true), false, BEFORE, null),
                Arguments.of(claimed(false, true, 2, true), true, BEFORE, Reason.CANCELLED),
                Arguments.of(ADOPTABLE, false, justBefore, null),
                Arguments.of(ADOPTABLE, false, ENDS, Reason.INTERRUPTED),
                Arguments.of(WAITING, false, justBefore, null),
                Arguments.of(WAITING, false, late, Reason.INTERRUPTED),
                Arguments.of(WAITING, true, BEFORE, null),
                Arguments.of(WAITING, true, late, Reason.INTERRUPTED),
                Arguments.of(CANCELLED, false, justBefore, null),
                Arguments.of(CANCELLED, true, BEFORE, Reason.CANCELLED),
                Arguments.of(ENDED, false, late, null),
                Arguments.of(ENDED, true, late, null));
    }

    @ParameterizedTest
    @MethodSource("everyStanding")
    void aRunEndsWhenItsTimeIsOverOrNobodyMayGoOnWithIt(
            Standing standing, boolean holderIsGone, Instant now, @Nullable Reason expected) {
        assertThat(RunRules.due(run(standing), holderIsGone, now).orElse(null)).isEqualTo(expected);
    }

    @Test
    void onlyADeathWhileTheConnectorWorkedIsCounted() {
        Standing.Claimed working = claimed(false, false, 1, false);
        Standing.Claimed waiting = claimed(true, false, 1, false);
        assertThat(RunRules.lossesAfter(working, true)).isEqualTo(2);
        assertThat(RunRules.lossesAfter(working, false)).isEqualTo(1);
        assertThat(RunRules.lossesAfter(waiting, true)).isEqualTo(1);
        assertThat(RunRules.lossesAfter(waiting, false)).isEqualTo(1);
        assertThat(RunRules.onLoss(claimed(false, false, 2, false), false)).isEmpty();
    }

    @Test
    void aCancelEndsWhatIsQueuedAndTellsTheHolderOfWhatIsNot() {
        assertThat(RunRules.onCancel(QUEUED)).isEqualTo(RunRules.OnCancel.END_NOW);
        assertThat(RunRules.onCancel(ADOPTABLE)).isEqualTo(RunRules.OnCancel.END_NOW);
        assertThat(RunRules.onCancel(WORKING)).isEqualTo(RunRules.OnCancel.TELL_HOLDER);
        assertThat(RunRules.onCancel(WAITING)).isEqualTo(RunRules.OnCancel.TELL_HOLDER);
        assertThat(RunRules.onCancel(CANCELLED)).isEqualTo(RunRules.OnCancel.TELL_HOLDER);
        assertThat(RunRules.onCancel(ENDED)).isEqualTo(RunRules.OnCancel.NOTHING);
    }

    @Test
    void whoEndsAnotherHoldersRunTakesTheNextEpoch() {
        assertThat(RunRules.epochOfForeignEnd(new Standing.Queued(0))).isZero();
        assertThat(RunRules.epochOfForeignEnd(WORKING)).isEqualTo(2);
        assertThat(RunRules.epochOfForeignEnd(ADOPTABLE)).isEqualTo(2);
        assertThat(RunRules.epochOfForeignEnd(ENDED)).isEqualTo(1);
    }

    @Test
    void theFirstClaimStartsTheLoginAndALaterOneAdoptsIt() {
        assertThat(new RunFacts(run(WORKING), 1, BEFORE).claimed())
                .isInstanceOf(LoginStarted.class);
        assertThat(new RunFacts(run(WORKING), 2, BEFORE).claimed()).isInstanceOf(RunAdopted.class);
    }

    @Test
    void aLoginFailureIsToldBeforeTheEndWithTheSameReason() {
        Ending.Failed ending = new Ending.Failed(Reason.TOO_MANY_ATTEMPTS, "Wait.", null, ENDS);
        var facts = new RunFacts(run(WORKING), 1, BEFORE).ended(ending);
        assertThat(facts).hasExactlyElementsOfTypes(LoginFailed.class, RunFailed.class);
        assertThat(((LoginFailed) facts.getFirst()).reason()).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
        assertThat((RunFailed) facts.getLast())
                .returns(Reason.TOO_MANY_ATTEMPTS, RunFailed::reason)
                .returns("Wait.", RunFailed::words)
                .returns(ENDS, RunFailed::until);
    }

    @Test
    void everyOtherEndIsOneFact() {
        RunFacts facts = new RunFacts(run(WORKING), 1, BEFORE);
        assertThat(facts.ended(new Ending.Finished())).hasExactlyElementsOfTypes(RunFinished.class);
        assertThat(facts.ended(Ending.failed(Reason.VENDOR_DOWN)))
                .hasExactlyElementsOfTypes(RunFailed.class);
    }

    @Test
    void theSameFactHasTheSameIdAndAnotherEpochAnother() {
        RunFacts first = new RunFacts(run(WORKING), 1, BEFORE);
        assertThat(first.loginSucceeded()).isEqualTo(first.loginSucceeded());
        assertThat(new RunFacts(run(WORKING), 2, BEFORE).loginSucceeded().eventId())
                .isNotEqualTo(first.loginSucceeded().eventId());
    }
}
