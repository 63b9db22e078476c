package dev.keyturn.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.chaos.audit.Evidence.SiteEntry;
import dev.keyturn.chaos.person.Ledger;
import dev.keyturn.values.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each rule finds what breaks it, and nothing else does. */
class AuditTest {

    private final Story good = Story.ofAGoodSignIn();

    @Test
    void nothingIsWrongWithAGoodSignIn() {
        assertThat(good.violations()).isEmpty();
    }

    @Test
    void repeatedRecordsAreNoViolation() {
        good.log.addAll(List.copyOf(good.log));
        good.commands.addAll(List.copyOf(good.commands));

        assertThat(good.violations()).isEmpty();
    }

    @Test
    void runWithoutAnEndIsFound() {
        good.log.removeLast();
        good.heldState = "WORKING";

        assertFinds("every run has exactly one end", "every run is over");
    }

    @Test
    void factAfterTheEndIsFound() {
        good.log(good.finished(1));

        assertFinds(
                "every run has exactly one end",
                "no fact of a worker that had lost its run, none after the end");
    }

    @Test
    void factOfAZombieIsFound() {
        good.log.add(3, good.adopted(2));
        good.log.removeIf(f -> f.typeName().equals("RunFinished"));
        good.log.removeIf(f -> f.typeName().equals("LoginSucceeded"));
        good.log(good.succeeded(1), good.finished(2));

        assertFinds("no fact of a worker that had lost its run, none after the end");
    }

    @Test
    void secondAdoptionAtTheSameEpochIsFound() {
        good.log.add(3, good.adopted(1));

        assertFinds("each claim has an epoch of its own");
    }

    @Test
    void twoVerdictsForOneSubmissionAreFound() {
        good.log.add(4, good.turnedAway(good.submission, Verdict.TOO_LATE));

        assertFinds(
                "one verdict for each submission",
                "one fact for each submission",
                "a code in time is not too late");
    }

    @Test
    void personWhoWasToldSomethingElseIsFound() {
        Ledger.Submission made = good.submissions.removeFirst();
        good.submissions.add(
                new Ledger.Submission(
                        made.id(),
                        made.challenge(),
                        made.run(),
                        made.code(),
                        made.at(),
                        Set.of("DELIVERED", "CANCELLED")));

        assertFinds("one verdict for each submission");
    }

    @Test
    void submissionThatNobodyDecidedIsFound() {
        UUID other = UUID.randomUUID();
        good.submits(other, Story.at(11), "123456", "DELIVERED");
        good.verdicts.remove(other);

        assertFinds("every verdict is on the log");
    }

    @Test
    void codeInTimeThatLostAgainstTheDeadlineIsFound() {
        Story story = Story.endedBy("USER_ACTION_NEEDED.TWOFA_EXPIRED", null);
        story.submits(story.submission, Story.at(59), "123456", "TOO_LATE");
        story.log.add(story.log.size() - 1, story.turnedAway(story.submission, Verdict.TOO_LATE));
        story.log.add(story.log.size() - 1, story.expired());

        assertThat(story.violations())
                .extracting(Violation::rule)
                .containsOnly(
                        "a code in time wins over the deadline", "a code in time is not too late");
    }

    @Test
    void codeThatTheBrokerGotAfterTheDeadlineMayBeTooLate() {
        Story story = Story.endedBy("USER_ACTION_NEEDED.TWOFA_EXPIRED", null);
        story.timeIsUp();
        story.submits(story.submission, Story.at(59), "123456", "TOO_LATE");
        story.log.add(story.log.size() - 1, story.expired());
        story.log.add(story.log.size() - 1, story.turnedAway(story.submission, Verdict.TOO_LATE));

        assertThat(story.violations()).isEmpty();
    }

    @Test
    void codeAfterTheDeadlineMayBeTooLate() {
        Story story = Story.endedBy("USER_ACTION_NEEDED.TWOFA_EXPIRED", null);
        story.submits(story.submission, Story.at(61), "123456", "TOO_LATE");
        story.log.add(story.log.size() - 1, story.turnedAway(story.submission, Verdict.TOO_LATE));
        story.log.add(story.log.size() - 1, story.expired());

        assertThat(story.violations()).isEmpty();
    }

    @Test
    void questionThatIsAskedTwiceIsFound() {
        good.log.add(3, good.requested(null));

        assertFinds("no challenge is asked twice", "nobody is asked twice in one sign-in");
    }

    @Test
    void nextAttemptWithoutARefusalIsFound() {
        good.log.add(5, good.requested(good.challenge));

        assertFinds("nobody is asked again before the code was refused");
    }

    @Test
    void nextAttemptAfterARefusalIsRight() {
        good.log.add(5, good.rejected("SITE"));
        good.log.add(6, good.requested(good.challenge));

        assertThat(good.violations()).isEmpty();
    }

    @Test
    void codeThatTheWorkerCouldNotUseIsFound() {
        good.log.add(5, good.rejected("WORKER"));

        assertFinds("the worker can use every code");
    }

    @Test
    void codeThatTheSiteGotTwiceIsFound() {
        good.site.add(new SiteEntry(Story.at(25), "CODE", "ada-1", false, "123456"));

        assertFinds("no code is sent to the site twice");
    }

    @Test
    void messageThatWasSentTwiceIsFound() {
        good.site.add(new SiteEntry(Story.at(25), "MESSAGE", "ada-1", true, "SMS: …"));

        assertFinds("no message is sent twice");
    }

    @Test
    void contentThatWasSavedTwiceIsFound() {
        good.log.addAll(good.log.size() - 1, List.of(good.saved(), good.saved()));

        assertFinds("no content is saved twice for an account");
    }

    @Test
    void viewThatMissesAFactIsFound() {
        good.notInTheViews = good.succeeded(1);
        good.log.add(5, good.notInTheViews);

        assertFinds("views are the fold of the log");
    }

    @Test
    void apiThatSaysSomethingElseIsFound() {
        good.shownState = "CHECKING";

        assertFinds("views are the fold of the log");
    }

    @Test
    void whatIsLeftOverIsFound() {
        good.left.put("messages in Home's outbox", 1L);
        good.deadLetters.put("connector.events.v1.dlq", 1L);
        good.unreadable.add("connector.events.v1-3@17");

        assertFinds("nothing is left over", "nothing is a dead letter", "every record can be read");
    }

    @Test
    void processThatEndedByItselfIsFound() {
        good.deaths.add("worker-2 with exit code 134");

        assertFinds("no process ends by itself");
    }

    @Test
    void deliveredCodeThatTheSiteNeverSawIsFound() {
        good.site.removeIf(e -> e.kind().equals("CODE"));

        assertFinds("a delivered code reaches the site");
    }

    @Test
    void messageThatNoRunAskedForIsFound() {
        good.site.add(new SiteEntry(Story.at(2), "MESSAGE", "ada-2", true, "SMS: …"));

        assertFinds("no message without a run");
    }

    @Test
    void whoDidNotCancelIsNotCancelled() {
        Story story = Story.endedBy("USER_ACTION_NEEDED.TWOFA_CANCELLED", null);

        assertThat(story.violations())
                .extracting(Violation::rule)
                .containsExactly("who did not cancel is not cancelled");

        story.gaveUp = true;
        assertThat(story.violations()).isEmpty();
    }

    @Test
    void runThatFailsForNoReasonOfItsPersonIsFound() {
        assertThat(Story.endedBy("UNKNOWN_ERROR", null).violations())
                .extracting(Violation::rule)
                .containsExactly("no run fails for what we did to Keyturn");
    }

    @Test
    void interruptionNeedsACause() {
        Story caused =
                Story.endedBy(
                        "INTERRUPTED",
                        "The step ask was begun by a worker that is gone; it is not");

        assertThat(caused.violations()).isEmpty();
        assertThat(caused.audited().interruptions()).isEqualTo(Map.of("a once step had begun", 1L));
        assertThat(Story.endedBy("INTERRUPTED", null).violations())
                .extracting(Violation::rule)
                .containsExactly("INTERRUPTED has a cause");
    }

    private void assertFinds(String... rules) {
        assertThat(good.violations()).extracting(Violation::rule).containsOnly(rules);
    }
}
