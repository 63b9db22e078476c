package dev.keyturn.chaos.audit;

import dev.keyturn.chaos.audit.Evidence.SiteEntry;
import dev.keyturn.chaos.person.Ledger;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.ExpireChallenge;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.events.DocumentSaved;
import dev.keyturn.events.LoginStarted;
import dev.keyturn.events.LoginSucceeded;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.RunQueued;
import dev.keyturn.events.TwoFaAnswered;
import dev.keyturn.events.TwoFaCodeTurnedAway;
import dev.keyturn.events.TwoFaExpired;
import dev.keyturn.events.TwoFaRejected;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Prompt;
import dev.keyturn.values.Reason;
import dev.keyturn.values.RejectedBy;
import dev.keyturn.values.RejectedWhy;
import dev.keyturn.values.Trigger;
import dev.keyturn.values.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in as all who saw it tell it; a test then changes what one of them says. Home's tables
 * are what the log makes of it, until they are changed too.
 */
final class Story {

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final Instant DEADLINE = START.plusSeconds(60);

    final UUID run = UUID.randomUUID();
    final UUID challenge = UUID.randomUUID();
    final UUID submission = UUID.randomUUID();
    private final UUID account = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();

    final List<ConnectorEvent> log = new ArrayList<>();
    final List<ChallengeCommand> commands = new ArrayList<>();
    final List<String> unreadable = new ArrayList<>();
    final Map<String, Long> deadLetters = new HashMap<>();
    final List<String> deaths = new ArrayList<>();
    final List<SiteEntry> site = new ArrayList<>();
    final List<Ledger.Submission> submissions = new ArrayList<>();
    final Map<UUID, String> verdicts = new HashMap<>();
    final Map<String, Long> left = new HashMap<>();
    String heldState = "ENDED";
    boolean gaveUp;
    @Nullable String shownState;
    @Nullable RunFact notInTheViews;

    /** Asked, answered, done. */
    static Story ofAGoodSignIn() {
        Story story = new Story();
        story.log(story.queued(), story.started(1), story.requested(null));
        story.submits(story.submission, START.plusSeconds(10), "123456", "DELIVERED");
        story.log(story.answered(story.submission), story.succeeded(1), story.finished(1));
        story.site.add(new SiteEntry(START.plusSeconds(2), "MESSAGE", "ada-1", true, "SMS: …"));
        story.site.add(new SiteEntry(START.plusSeconds(11), "CODE", "ada-1", true, "123456"));
        return story;
    }

    /** Asked, and ended by this. */
    static Story endedBy(String reason, @Nullable String words) {
        Story story = new Story();
        story.log(story.queued(), story.started(1), story.requested(null));
        story.log(story.failed(1, reason, words));
        return story;
    }

    void log(ConnectorEvent... facts) {
        log.addAll(List.of(facts));
    }

    void submits(UUID id, Instant at, String code, String verdict) {
        commands.add(
                new SubmitCode(UUID.randomUUID(), owner, account, at, challenge, id, 1, "sealed"));
        submissions.add(new Ledger.Submission(id, challenge, run, code, at, Set.of(verdict)));
        verdicts.put(id, verdict);
    }

    /** Somebody tells twofa-service that the deadline is over. */
    void timeIsUp() {
        commands.add(new ExpireChallenge(id(), owner, account, at(61), challenge, DEADLINE));
    }

    List<Violation> violations() {
        return Audit.of(evidence()).violations();
    }

    Audit audited() {
        return Audit.of(evidence());
    }

    private Evidence evidence() {
        Map<UUID, List<RunFact>> facts = new LinkedHashMap<>();
        for (ConnectorEvent event : log) {
            List<RunFact> ofRun = facts.computeIfAbsent(run, _ -> new ArrayList<>());
            if (event instanceof RunFact f && !ofRun.contains(f) && !f.equals(notInTheViews)) {
                ofRun.add(f);
            }
        }
        Map<UUID, Tables.View> views = new HashMap<>();
        Map<UUID, String> challenges = new HashMap<>();
        Map<UUID, List<UUID>> timelines = new HashMap<>();
        facts.forEach(
                (id, story) -> {
                    RunStatus fold = RunStatus.before(id, story.getFirst());
                    for (RunFact fact : story) {
                        fold = fold.on(fact).status();
                    }
                    String state = fold.shownAt(Instant.MAX).state().name();
                    views.put(id, new Tables.View(state, null, fold.documents(), fold));
                    timelines.put(id, story.stream().map(RunFact::eventId).toList());
                    fold.challenges()
                            .forEach(
                                    c ->
                                            challenges.put(
                                                    c.challengeId(),
                                                    c.state() + " " + c.outcome()));
                });
        return new Evidence(
                log,
                commands,
                Map.of(),
                unreadable,
                deadLetters,
                deaths,
                site,
                List.of(new Ledger.RunOfPerson(run, account, "chaos-1", "ada-1", gaveUp)),
                submissions,
                shownState == null ? Map.of() : Map.of(run, shownState),
                new Tables(views, challenges, timelines, verdicts, held(), left));
    }

    private Map<UUID, Tables.Held> held() {
        return Map.of(run, new Tables.Held(heldState, 1, 0, false, START.plusSeconds(3600), null));
    }

    RunQueued queued() {
        return new RunQueued(
                id(),
                owner,
                account,
                run,
                START,
                "sandbox",
                Trigger.MANUAL,
                START.plusSeconds(600));
    }

    LoginStarted started(long epoch) {
        return new LoginStarted(id(), owner, account, run, epoch, at(1), "sandbox", Trigger.MANUAL);
    }

    RunAdopted adopted(long epoch) {
        return new RunAdopted(id(), owner, account, run, epoch, at(20));
    }

    TwoFaRequested requested(@Nullable UUID retryOf) {
        Prompt prompt =
                new Prompt(
                        new FactorType("SMS"),
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        List.of(),
                        null,
                        null);
        return new TwoFaRequested(
                id(),
                owner,
                account,
                run,
                1,
                at(3),
                retryOf == null ? challenge : UUID.randomUUID(),
                retryOf == null ? 1 : 2,
                retryOf,
                1,
                prompt,
                DEADLINE,
                null,
                "signed");
    }

    TwoFaAnswered answered(UUID by) {
        return new TwoFaAnswered(id(), owner, account, run, at(10), challenge, by, 1);
    }

    TwoFaCodeTurnedAway turnedAway(UUID by, Verdict verdict) {
        return new TwoFaCodeTurnedAway(id(), owner, account, run, at(12), challenge, by, verdict);
    }

    TwoFaExpired expired() {
        return new TwoFaExpired(id(), owner, account, run, at(61), challenge);
    }

    TwoFaRejected rejected(String by) {
        return new TwoFaRejected(
                id(),
                owner,
                account,
                run,
                1,
                at(12),
                challenge,
                1,
                new RejectedBy(by),
                new RejectedWhy("WRONG_CODE"),
                null);
    }

    LoginSucceeded succeeded(long epoch) {
        return new LoginSucceeded(id(), owner, account, run, epoch, at(13));
    }

    DocumentSaved saved() {
        return new DocumentSaved(
                id(),
                owner,
                account,
                run,
                1,
                at(14),
                id(),
                "a.pdf",
                "application/pdf",
                1,
                "abc",
                "key");
    }

    RunFinished finished(long epoch) {
        return new RunFinished(id(), owner, account, run, epoch, at(15));
    }

    RunFailed failed(long epoch, String reason, @Nullable String words) {
        return new RunFailed(
                id(), owner, account, run, epoch, at(62), new Reason(reason), words, null, null);
    }

    static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static UUID id() {
        return UUID.randomUUID();
    }
}
