package dev.keyturn.twofa.challenge;

import static dev.keyturn.twofa.challenge.Expected.ignored;
import static dev.keyturn.twofa.challenge.Expected.refused;
import static dev.keyturn.twofa.challenge.Expected.replies;
import static dev.keyturn.twofa.challenge.Expected.turnedAway;
import static dev.keyturn.twofa.challenge.Expected.verdict;
import static dev.keyturn.twofa.challenge.Sample.ACCOUNT;
import static dev.keyturn.twofa.challenge.Sample.ANSWERED;
import static dev.keyturn.twofa.challenge.Sample.CALLER;
import static dev.keyturn.twofa.challenge.Sample.CANCELLED;
import static dev.keyturn.twofa.challenge.Sample.CHALLENGE;
import static dev.keyturn.twofa.challenge.Sample.CLOSED;
import static dev.keyturn.twofa.challenge.Sample.COMMAND;
import static dev.keyturn.twofa.challenge.Sample.DEADLINE;
import static dev.keyturn.twofa.challenge.Sample.EARLIER;
import static dev.keyturn.twofa.challenge.Sample.EMAIL;
import static dev.keyturn.twofa.challenge.Sample.EXPIRED;
import static dev.keyturn.twofa.challenge.Sample.LIMIT;
import static dev.keyturn.twofa.challenge.Sample.NOW;
import static dev.keyturn.twofa.challenge.Sample.OPEN;
import static dev.keyturn.twofa.challenge.Sample.OWNER;
import static dev.keyturn.twofa.challenge.Sample.RUN;
import static dev.keyturn.twofa.challenge.Sample.SEALED;
import static dev.keyturn.twofa.challenge.Sample.SUBJECT;
import static dev.keyturn.twofa.challenge.Sample.SUBMISSION;
import static dev.keyturn.twofa.challenge.Sample.WORKER;
import static dev.keyturn.twofa.challenge.Sample.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.events.TwoFaAnswered;
import dev.keyturn.events.TwoFaCancelled;
import dev.keyturn.events.TwoFaClosed;
import dev.keyturn.events.TwoFaExpired;
import dev.keyturn.events.TwoFaExtended;
import dev.keyturn.replies.Cancelled;
import dev.keyturn.replies.CodeGiven;
import dev.keyturn.replies.Expired;
import dev.keyturn.replies.Extended;
import dev.keyturn.replies.MethodChosen;
import dev.keyturn.replies.ResendAsked;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state × every command, the whole decision of each. */
class EveryStateTest {

    record Row(@Nullable Challenge given, ChallengeCommand when, Decision then) {

        @Override
        public String toString() {
            String state = given == null ? "absent" : given.getClass().getSimpleName();
            return when.typeName() + " when " + state;
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyStateTakesEveryCommand(Row row) {
        assertThat(Decider.decide(row.given(), asked(row.when()), NOW)).isEqualTo(row.then());
    }

    @Test
    void theTableHasEveryStateAndEveryCommand() {
        Set<String> expected =
                Stream.concat(
                                Stream.of("absent"),
                                Arrays.stream(Challenge.class.getPermittedSubclasses())
                                        .map(Class::getSimpleName))
                        .flatMap(
                                state ->
                                        Arrays.stream(
                                                        ChallengeCommand.class
                                                                .getPermittedSubclasses())
                                                .map(c -> c.getSimpleName() + " when " + state))
                        .collect(Collectors.toSet());
        assertThat(rows().map(Row::toString).toList())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    static Stream<Row> rows() {
        return Stream.of(
                        opening(),
                        closing(),
                        expiring(),
                        submitting(),
                        cancelling(),
                        resending(),
                        choosing(),
                        extending())
                .flatMap(List::stream);
    }

    private static List<Row> opening() {
        ChallengeCommand open = Sample.open(2, 1);
        Cancelled cancelled =
                new Cancelled(Ids.of("Cancelled", CHALLENGE), CHALLENGE, CANCELLED.at());
        return List.of(
                new Row(null, open, replies(OPEN)),
                new Row(OPEN, open, replies(OPEN)),
                new Row(
                        ANSWERED,
                        open,
                        replies(
                                ANSWERED,
                                new CodeGiven(
                                        Ids.of("CodeGiven", CHALLENGE),
                                        CHALLENGE,
                                        ANSWERED.at(),
                                        EARLIER,
                                        1,
                                        SEALED))),
                new Row(
                        EXPIRED,
                        open,
                        replies(
                                EXPIRED,
                                new Expired(
                                        Ids.of("Expired", CHALLENGE), CHALLENGE, EXPIRED.at()))),
                new Row(CANCELLED, open, replies(CANCELLED, cancelled)),
                new Row(CLOSED, open, replies(CLOSED, cancelled)));
    }

    private static List<Row> closing() {
        ChallengeCommand close = Sample.close(2);
        ChallengeOutcome outcome = ChallengeOutcome.SITE_EXPIRED;
        return List.of(
                new Row(null, close, ignored(null, Ignored.UNKNOWN_CHALLENGE)),
                new Row(
                        OPEN,
                        close,
                        new Decision(
                                new Challenge.Closed(SUBJECT, CALLER, NOW, outcome),
                                List.of(
                                        new TwoFaClosed(
                                                Ids.of("TwoFaClosed", CHALLENGE),
                                                OWNER,
                                                ACCOUNT,
                                                RUN,
                                                NOW,
                                                CHALLENGE,
                                                outcome)),
                                List.of(),
                                null,
                                null)),
                new Row(ANSWERED, close, ignored(ANSWERED, Ignored.ENDED)),
                new Row(EXPIRED, close, ignored(EXPIRED, Ignored.ENDED)),
                new Row(CANCELLED, close, ignored(CANCELLED, Ignored.ENDED)),
                new Row(CLOSED, close, ignored(CLOSED, Ignored.ENDED)));
    }

    private static List<Row> expiring() {
        ChallengeCommand expire = Sample.expire(DEADLINE);
        return List.of(
                new Row(null, expire, ignored(null, Ignored.UNKNOWN_CHALLENGE)),
                new Row(
                        OPEN,
                        expire,
                        new Decision(
                                new Challenge.Expired(SUBJECT, CALLER, NOW),
                                List.of(
                                        new TwoFaExpired(
                                                Ids.of("TwoFaExpired", CHALLENGE),
                                                OWNER,
                                                ACCOUNT,
                                                RUN,
                                                NOW,
                                                CHALLENGE)),
                                List.of(
                                        new Answer(
                                                new Expired(
                                                        Ids.of("Expired", CHALLENGE),
                                                        CHALLENGE,
                                                        NOW),
                                                WORKER)),
                                null,
                                null)),
                new Row(ANSWERED, expire, ignored(ANSWERED, Ignored.ENDED)),
                new Row(EXPIRED, expire, ignored(EXPIRED, Ignored.ENDED)),
                new Row(CANCELLED, expire, ignored(CANCELLED, Ignored.ENDED)),
                new Row(CLOSED, expire, ignored(CLOSED, Ignored.ENDED)));
    }

    private static List<Row> submitting() {
        ChallengeCommand submit = Sample.submit();
        return List.of(
                new Row(null, submit, turnedAway(null, Verdict.UNKNOWN_CHALLENGE)),
                new Row(
                        OPEN,
                        submit,
                        new Decision(
                                new Challenge.Answered(SUBJECT, CALLER, NOW, SUBMISSION, 1, SEALED),
                                List.of(
                                        new TwoFaAnswered(
                                                Ids.of("TwoFaAnswered", CHALLENGE),
                                                OWNER,
                                                ACCOUNT,
                                                RUN,
                                                NOW,
                                                CHALLENGE,
                                                SUBMISSION,
                                                1)),
                                List.of(
                                        new Answer(
                                                new CodeGiven(
                                                        Ids.of("CodeGiven", CHALLENGE),
                                                        CHALLENGE,
                                                        NOW,
                                                        SUBMISSION,
                                                        1,
                                                        SEALED),
                                                WORKER),
                                        verdict(SUBMISSION, Verdict.DELIVERED)),
                                new Given(Verdict.DELIVERED, NOW),
                                null)),
                new Row(ANSWERED, submit, turnedAway(ANSWERED, Verdict.ALREADY_ANSWERED)),
                new Row(EXPIRED, submit, turnedAway(EXPIRED, Verdict.TOO_LATE)),
                new Row(CANCELLED, submit, turnedAway(CANCELLED, Verdict.CANCELLED)),
                new Row(CLOSED, submit, turnedAway(CLOSED, Verdict.CANCELLED)));
    }

    private static List<Row> cancelling() {
        return ofPerson(
                Sample.cancel(NOW),
                new Decision(
                        new Challenge.Cancelled(SUBJECT, CALLER, NOW),
                        List.of(
                                new TwoFaCancelled(
                                        Ids.of("TwoFaCancelled", CHALLENGE),
                                        OWNER,
                                        ACCOUNT,
                                        RUN,
                                        NOW,
                                        CHALLENGE)),
                        List.of(
                                new Answer(
                                        new Cancelled(
                                                Ids.of("Cancelled", CHALLENGE), CHALLENGE, NOW),
                                        WORKER),
                                verdict(COMMAND, Verdict.CANCELLED)),
                        new Given(Verdict.CANCELLED, NOW),
                        null));
    }

    private static List<Row> resending() {
        return ofPerson(
                Sample.resend(1),
                new Decision(
                        OPEN.toWish(new Wish.Resend(NOW)),
                        List.of(),
                        List.of(
                                new Answer(
                                        new ResendAsked(
                                                Ids.of("ResendAsked", CHALLENGE, 1),
                                                CHALLENGE,
                                                NOW,
                                                1),
                                        WORKER),
                                verdict(COMMAND, Verdict.DELIVERED)),
                        new Given(Verdict.DELIVERED, NOW),
                        null));
    }

    private static List<Row> choosing() {
        return ofPerson(
                Sample.choose(1, EMAIL),
                new Decision(
                        OPEN.toWish(new Wish.Method(EMAIL, NOW)),
                        List.of(),
                        List.of(
                                new Answer(
                                        new MethodChosen(
                                                Ids.of("MethodChosen", CHALLENGE, 1),
                                                CHALLENGE,
                                                NOW,
                                                1,
                                                EMAIL),
                                        WORKER),
                                verdict(COMMAND, Verdict.DELIVERED)),
                        new Given(Verdict.DELIVERED, NOW),
                        null));
    }

    private static List<Row> extending() {
        return ofPerson(
                Sample.extend(LIMIT),
                new Decision(
                        OPEN.toDeadline(LIMIT),
                        List.of(
                                new TwoFaExtended(
                                        Ids.of("TwoFaExtended", CHALLENGE, LIMIT),
                                        OWNER,
                                        ACCOUNT,
                                        RUN,
                                        NOW,
                                        CHALLENGE,
                                        LIMIT)),
                        List.of(
                                new Answer(
                                        new Extended(
                                                Ids.of("Extended", CHALLENGE, LIMIT),
                                                CHALLENGE,
                                                NOW,
                                                LIMIT),
                                        WORKER),
                                verdict(COMMAND, Verdict.DELIVERED)),
                        new Given(Verdict.DELIVERED, NOW),
                        null));
    }

    private static List<Row> ofPerson(ChallengeCommand command, Decision whenOpen) {
        return List.of(
                new Row(null, command, refused(null, Verdict.UNKNOWN_CHALLENGE)),
                new Row(OPEN, command, whenOpen),
                new Row(ANSWERED, command, refused(ANSWERED, Verdict.ALREADY_ANSWERED)),
                new Row(EXPIRED, command, refused(EXPIRED, Verdict.TOO_LATE)),
                new Row(CANCELLED, command, refused(CANCELLED, Verdict.CANCELLED)),
                new Row(CLOSED, command, refused(CLOSED, Verdict.CANCELLED)));
    }
}
