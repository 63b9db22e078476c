package dev.keyturn.twofa.challenge;

import static dev.keyturn.twofa.challenge.Expected.ignored;
import static dev.keyturn.twofa.challenge.Expected.refused;
import static dev.keyturn.twofa.challenge.Expected.replies;
import static dev.keyturn.twofa.challenge.Expected.turnedAway;
import static dev.keyturn.twofa.challenge.Sample.ANSWERED;
import static dev.keyturn.twofa.challenge.Sample.CANCELLED;
import static dev.keyturn.twofa.challenge.Sample.CHALLENGE;
import static dev.keyturn.twofa.challenge.Sample.CLOSED;
import static dev.keyturn.twofa.challenge.Sample.DEADLINE;
import static dev.keyturn.twofa.challenge.Sample.EMAIL;
import static dev.keyturn.twofa.challenge.Sample.EXPIRED;
import static dev.keyturn.twofa.challenge.Sample.HOME;
import static dev.keyturn.twofa.challenge.Sample.LIMIT;
import static dev.keyturn.twofa.challenge.Sample.NOW;
import static dev.keyturn.twofa.challenge.Sample.OPEN;
import static dev.keyturn.twofa.challenge.Sample.OPENED;
import static dev.keyturn.twofa.challenge.Sample.RUN;
import static dev.keyturn.twofa.challenge.Sample.SEALED;
import static dev.keyturn.twofa.challenge.Sample.SUBMISSION;
import static dev.keyturn.twofa.challenge.Sample.asked;
import static dev.keyturn.twofa.challenge.Sample.decide;
import static dev.keyturn.twofa.challenge.Sample.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.replies.CodeGiven;
import dev.keyturn.replies.Extended;
import dev.keyturn.replies.MethodChosen;
import dev.keyturn.replies.Reply;
import dev.keyturn.replies.ResendAsked;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.ReplyAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeciderTest {

    private static final long MS = 1_000_000;

    private static Decision at(Challenge challenge, ChallengeCommand command, Instant now) {
        return Decider.decide(challenge, asked(command), now);
    }

    private static Verdict verdict(Decision decision) {
        return Objects.requireNonNull(decision.given()).verdict();
    }

    private static SubmitCode takenAt(Instant at) {
        return Sample.submit(at, 1, SEALED);
    }

    @Test
    void codeOneMillisecondBeforeTheDeadlineIsDelivered() {
        Instant taken = DEADLINE.minusNanos(MS);
        assertThat(verdict(at(OPEN, takenAt(taken), taken))).isEqualTo(Verdict.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void codeAtTheDeadlineOrAfterItIsTooLate(long ms) {
        Instant taken = DEADLINE.plusNanos(ms * MS);
        Decision decision = at(OPEN, takenAt(taken), taken);
        assertThat(verdict(decision)).isEqualTo(Verdict.TOO_LATE);
        assertThat(decision.challenge()).isEqualTo(OPEN);
    }

    @Test
    void codeTakenInTimeIsDeliveredHoweverLateItIsRead() {
        assertThat(verdict(at(OPEN, takenAt(DEADLINE.minusNanos(MS)), DEADLINE.plusSeconds(3600))))
                .isEqualTo(Verdict.DELIVERED);
    }

    @Test
    void codeTakenInTimeButReadBehindTheExpiryIsTooLate() {
        assertThat(verdict(at(EXPIRED, takenAt(DEADLINE.minusSeconds(60)), DEADLINE)))
                .isEqualTo(Verdict.TOO_LATE);
    }

    @Test
    void codeFromAClockThatIsAheadIsJudgedByOurOwn() {
        assertThat(verdict(at(OPEN, takenAt(DEADLINE.plusSeconds(60)), DEADLINE.minusNanos(MS))))
                .isEqualTo(Verdict.DELIVERED);
        assertThat(verdict(at(OPEN, takenAt(DEADLINE.plusSeconds(60)), DEADLINE)))
                .isEqualTo(Verdict.TOO_LATE);
    }

    @Test
    void cancelIsJudgedByTheSameClock() {
        assertThat(verdict(at(OPEN, Sample.cancel(DEADLINE.minusNanos(MS)), DEADLINE)))
                .isEqualTo(Verdict.CANCELLED);
        assertThat(at(OPEN, Sample.cancel(DEADLINE), DEADLINE).challenge()).isEqualTo(OPEN);
        assertThat(verdict(at(OPEN, Sample.cancel(DEADLINE), DEADLINE)))
                .isEqualTo(Verdict.TOO_LATE);
    }

    @Test
    void expiryOfADeadlineThatWasMovedDoesNothing() {
        Challenge.Open extended = OPEN.toDeadline(LIMIT);
        assertThat(decide(extended, Sample.expire(DEADLINE)))
                .isEqualTo(ignored(extended, Ignored.DEADLINE_MOVED));
        assertThat(decide(extended, Sample.expire(LIMIT)).challenge())
                .isInstanceOf(Challenge.Expired.class);
    }

    @Test
    void secondOfTwoCodesIsAlreadyAnswered() {
        Challenge first = Objects.requireNonNull(decide(OPEN, Sample.submit()).challenge());
        SubmitCode second = new SubmitCode(id(90), id(2), id(3), NOW, CHALLENGE, id(91), 1, SEALED);
        assertThat(verdict(decide(first, second))).isEqualTo(Verdict.ALREADY_ANSWERED);
    }

    @Test
    void sameSubmissionGetsItsVerdictAgainAndNothingElse() {
        Given given = new Given(Verdict.DELIVERED, NOW);
        Decision first = decide(OPEN, Sample.submit());
        Decision again =
                Decider.decide(
                        first.challenge(),
                        new Asked(Sample.submit(), HOME, given),
                        NOW.plusSeconds(9));
        assertThat(again)
                .isEqualTo(
                        new Decision(
                                first.challenge(),
                                List.of(),
                                List.of(Expected.verdict(SUBMISSION, Verdict.DELIVERED)),
                                null,
                                null));
        assertThat(first.replies()).contains(again.replies().getFirst());
    }

    @Test
    void submissionThatWasTurnedAwayStaysSoThoughItWouldWinNow() {
        Given given = new Given(Verdict.MALFORMED, NOW);
        Decision again = Decider.decide(OPEN, new Asked(Sample.submit(), HOME, given), NOW);
        assertThat(again)
                .isEqualTo(
                        new Decision(
                                OPEN,
                                List.of(),
                                List.of(Expected.verdict(SUBMISSION, Verdict.MALFORMED)),
                                null,
                                null));
    }

    @Test
    void everyOtherCommandOfAPersonGetsItsVerdictAgainToo() {
        Given given = new Given(Verdict.DELIVERED, NOW);
        for (ChallengeCommand command :
                List.of(
                        Sample.cancel(NOW),
                        Sample.resend(1),
                        Sample.choose(1, EMAIL),
                        Sample.extend(LIMIT))) {
            assertThat(Decider.decide(OPEN, new Asked(command, HOME, given), NOW).challenge())
                    .isEqualTo(OPEN);
        }
    }

    @Test
    void whoDoesNotWaitGetsNoReply() {
        Decision decision = Decider.decide(OPEN, new Asked(Sample.submit(), null, null), NOW);
        assertThat(decision.replies())
                .extracting(Answer::reply)
                .hasOnlyElementsOfType(CodeGiven.class);
        assertThat(verdict(decision)).isEqualTo(Verdict.DELIVERED);
    }

    @Test
    void codeForAnothersChallengeIsNotYoursOnTheLogAndUnknownToWhoAsks() {
        UUID other = id(70);
        UUID otherAccount = id(71);
        assertThat(decide(OPEN, Sample.submitOf(other, otherAccount)))
                .isEqualTo(
                        new Decision(
                                OPEN,
                                List.of(
                                        Expected.turnedAwayFact(
                                                other, otherAccount, null, Verdict.NOT_YOURS)),
                                List.of(
                                        Expected.verdict(
                                                otherAccount,
                                                SUBMISSION,
                                                Verdict.UNKNOWN_CHALLENGE)),
                                new Given(Verdict.NOT_YOURS, NOW),
                                null));
    }

    @Test
    void ownerAloneOrAccountAloneIsNotEnough() {
        assertThat(verdict(decide(OPEN, Sample.submitOf(Sample.OWNER, id(71)))))
                .isEqualTo(Verdict.NOT_YOURS);
        assertThat(verdict(decide(ANSWERED, Sample.submitOf(id(70), Sample.ACCOUNT))))
                .isEqualTo(Verdict.NOT_YOURS);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void codeInAWrongEnvelopeIsMalformedAndChangesNothing(SubmitCode submit) {
        assertThat(decide(OPEN, submit)).isEqualTo(turnedAway(OPEN, Verdict.MALFORMED));
    }

    static List<SubmitCode> malformed() {
        return List.of(
                Sample.submit(NOW, 1, "123456"),
                Sample.submit(NOW, 1, ""),
                Sample.submit(NOW, 1, Sample.seal(id(99), 1)),
                Sample.submit(NOW, 1, Sample.seal(CHALLENGE, 2)),
                Sample.submit(NOW, 2, Sample.seal(CHALLENGE, 1)),
                Sample.submit(NOW, 2, Sample.seal(CHALLENGE, 2)),
                Sample.submit(NOW, 1, SEALED + "x".repeat(20_000)));
    }

    @Test
    void codeForAnApprovalIsMalformed() {
        Challenge.Open approval = OPEN.toRound(1, new Offer(FactorType.APPROVAL, List.of(), null));
        assertThat(verdict(decide(approval, Sample.submit()))).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void codeOfAnOlderRoundIsSupersededOnceTheNextBegan() {
        Challenge.Open wished = OPEN.toWish(new Wish.Resend(NOW));
        assertThat(verdict(decide(wished, Sample.submit()))).isEqualTo(Verdict.DELIVERED);
        Challenge second = Objects.requireNonNull(decide(wished, Sample.open(2, 2)).challenge());
        assertThat(decide(second, Sample.submit()))
                .isEqualTo(turnedAway(second, Verdict.SUPERSEDED));
        assertThat(verdict(decide(second, Sample.submit(NOW, 2, Sample.seal(CHALLENGE, 2)))))
                .isEqualTo(Verdict.DELIVERED);
    }

    @Test
    void repeatByAnAdopterChangesTheAddressOfEveryState() {
        ReplyAddress elsewhere = new ReplyAddress(20, CHALLENGE.toString());
        for (Challenge challenge : List.of(OPEN, ANSWERED, EXPIRED, CANCELLED, CLOSED)) {
            Decision decision =
                    Decider.decide(challenge, new Asked(Sample.open(3, 1), elsewhere, null), NOW);
            assertThat(decision.challenge()).isEqualTo(challenge.toCaller(new Caller(3, 20)));
            assertThat(decision.replies()).extracting(Answer::to).allMatch(elsewhere::equals);
        }
    }

    @Test
    void answerGoesToTheAdopterFromThenOn() {
        Challenge adopted =
                Decider.decide(
                                OPEN,
                                new Asked(
                                        Sample.open(3, 1),
                                        new ReplyAddress(20, CHALLENGE.toString()),
                                        null),
                                NOW)
                        .challenge();
        assertThat(decide(adopted, Sample.submit()).replies().getFirst().to())
                .isEqualTo(new ReplyAddress(20, CHALLENGE.toString()));
    }

    @Test
    void repeatOfALowerEpochIsIgnoredInEveryState() {
        for (Challenge challenge : List.of(OPEN, ANSWERED, EXPIRED, CANCELLED, CLOSED)) {
            assertThat(decide(challenge, Sample.open(1, 5)))
                    .isEqualTo(ignored(challenge, Ignored.LOWER_EPOCH));
            assertThat(decide(challenge, Sample.close(1)))
                    .isEqualTo(ignored(challenge, Ignored.LOWER_EPOCH));
        }
    }

    @Test
    void repeatMovesTheRoundUpwardsOnlyAndNeverTheDeadline() {
        OpenChallenge third = Sample.open(2, 3, LIMIT, RUN);
        Challenge.Open moved = OPEN.toRound(3, OPEN.offer());
        assertThat(decide(OPEN, third).challenge()).isEqualTo(moved);
        assertThat(decide(moved, Sample.open(2, 2)).challenge()).isEqualTo(moved);
    }

    @Test
    void nextRoundBringsItsOwnOfferAndEndsTheWish() {
        OpenChallenge second =
                new OpenChallenge(
                        id(80),
                        id(2),
                        id(3),
                        NOW,
                        RUN,
                        2,
                        CHALLENGE,
                        1,
                        null,
                        2,
                        Sample.prompt(EMAIL, null),
                        DEADLINE,
                        LIMIT,
                        "signed");
        assertThat(decide(OPEN.toWish(new Wish.Method(EMAIL, NOW)), second))
                .isEqualTo(replies(OPEN.toRound(2, new Offer(EMAIL, List.of(EMAIL), null))));
    }

    @Test
    void repeatIsToldWhatIsStillWanted() {
        Challenge.Open resend = OPEN.toWish(new Wish.Resend(OPENED));
        Challenge.Open method = OPEN.toWish(new Wish.Method(EMAIL, OPENED));
        ResendAsked asked =
                new ResendAsked(Ids.of("ResendAsked", CHALLENGE, 1), CHALLENGE, OPENED, 1);
        MethodChosen chosen =
                new MethodChosen(Ids.of("MethodChosen", CHALLENGE, 1), CHALLENGE, OPENED, 1, EMAIL);
        Extended extended =
                new Extended(Ids.of("Extended", CHALLENGE, LIMIT), CHALLENGE, NOW, LIMIT);
        assertThat(decide(resend, Sample.open(2, 1))).isEqualTo(replies(resend, asked));
        assertThat(decide(method, Sample.open(2, 1))).isEqualTo(replies(method, chosen));
        Challenge.Open both = resend.toDeadline(LIMIT);
        assertThat(decide(both, Sample.open(2, 1))).isEqualTo(replies(both, asked, extended));
        assertThat(decide(both, Sample.open(2, 1, LIMIT, RUN))).isEqualTo(replies(both, asked));
    }

    @Test
    void workerThatNamesNoAddressIsToldNothing() {
        Challenge opened =
                Decider.decide(null, new Asked(Sample.open(2, 1), null, null), NOW).challenge();
        assertThat(Objects.requireNonNull(opened).caller()).isEqualTo(new Caller(2, null));
        assertThat(decide(opened, Sample.expire(DEADLINE)).replies()).isEmpty();
    }

    @Test
    void repeatWithoutAddressKeepsTheOneThatIsKnown() {
        assertThat(Decider.decide(OPEN, new Asked(Sample.open(3, 1), null, null), NOW).challenge())
                .isEqualTo(OPEN.toCaller(new Caller(3, Sample.WORKER_PARTITION)));
    }

    @Test
    void commandsOfAnotherRunOrAccountAreIgnored() {
        assertThat(decide(OPEN, Sample.open(9, 2, DEADLINE, id(98))))
                .isEqualTo(ignored(OPEN, Ignored.FOREIGN));
        Challenge foreign =
                new Challenge.Expired(
                        new Subject(CHALLENGE, id(70), id(71), RUN), Sample.CALLER, NOW);
        assertThat(decide(foreign, Sample.expire(DEADLINE)))
                .isEqualTo(ignored(foreign, Ignored.FOREIGN));
        assertThat(decide(foreign, Sample.close(2))).isEqualTo(ignored(foreign, Ignored.FOREIGN));
    }

    @Test
    void onlyTheFirstWishOfARoundCounts() {
        Challenge.Open wished = OPEN.toWish(new Wish.Resend(OPENED));
        assertThat(decide(wished, Sample.resend(1))).isEqualTo(refused(wished, Verdict.SUPERSEDED));
        assertThat(decide(wished, Sample.choose(1, EMAIL)))
                .isEqualTo(refused(wished, Verdict.SUPERSEDED));
    }

    @Test
    void wishOfAnOlderRoundIsSupersededAndOneOfALaterMalformed() {
        Challenge.Open second = OPEN.toRound(2, OPEN.offer());
        assertThat(decide(second, Sample.resend(1))).isEqualTo(refused(second, Verdict.SUPERSEDED));
        assertThat(decide(second, Sample.choose(3, EMAIL)))
                .isEqualTo(refused(second, Verdict.MALFORMED));
    }

    @Test
    void whatTheSiteDoesNotOfferIsMalformed() {
        Challenge.Open none = OPEN.toRound(1, new Offer(FactorType.SMS, List.of(), null));
        Challenge.Open later =
                OPEN.toRound(1, new Offer(FactorType.SMS, List.of(), NOW.plusNanos(MS)));
        assertThat(decide(none, Sample.resend(1))).isEqualTo(refused(none, Verdict.MALFORMED));
        assertThat(decide(later, Sample.resend(1))).isEqualTo(refused(later, Verdict.MALFORMED));
        assertThat(decide(none, Sample.choose(1, EMAIL)))
                .isEqualTo(refused(none, Verdict.MALFORMED));
    }

    @Test
    void deadlineIsMovedNoFurtherThanTheSiteAllows() {
        assertThat(decide(OPEN, Sample.extend(LIMIT.plusSeconds(60))).challenge())
                .isEqualTo(OPEN.toDeadline(LIMIT));
        assertThat(decide(OPEN, Sample.extend(DEADLINE.plusSeconds(1))).challenge())
                .isEqualTo(OPEN.toDeadline(DEADLINE.plusSeconds(1)));
    }

    @Test
    void moreTimeThanThereCanBeIsMalformed() {
        Challenge.Open atLimit = OPEN.toDeadline(LIMIT);
        assertThat(decide(atLimit, Sample.extend(LIMIT.plusSeconds(60))))
                .isEqualTo(refused(atLimit, Verdict.MALFORMED));
    }

    @Test
    void moreTimeThatIsThereAlreadyIsDeliveredWithoutAnotherFact() {
        assertThat(decide(OPEN, Sample.extend(DEADLINE)))
                .isEqualTo(refused(OPEN, Verdict.DELIVERED));
    }

    @Test
    void deadlineAndOfferAreKeptAsPreciselyAsADatabaseDoes() {
        OpenChallenge precise = Sample.open(2, 1, DEADLINE.plusNanos(1), RUN);
        Challenge opened = decide(null, precise).challenge();
        assertThat(opened).isEqualTo(OPEN);
        assertThat(decide(opened, precise).replies()).isEmpty();
    }

    @Test
    void decidingTheSameTwiceMakesTheSameMessages() {
        assertThat(decide(OPEN, Sample.submit())).isEqualTo(decide(OPEN, Sample.submit()));
    }

    @Test
    void workerIsToldBeforeWhoWaitsForTheVerdict() {
        assertThat(decide(OPEN, Sample.submit()).replies())
                .extracting(Answer::reply)
                .extracting(Reply::getClass)
                .extracting(Class::getSimpleName)
                .containsExactly(
                        CodeGiven.class.getSimpleName(), VerdictGiven.class.getSimpleName());
    }
}
