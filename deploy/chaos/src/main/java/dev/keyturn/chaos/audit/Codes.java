package dev.keyturn.chaos.audit;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.keyturn.chaos.person.Ledger;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.ExpireChallenge;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.TwoFaAnswered;
import dev.keyturn.events.TwoFaCodeTurnedAway;
import dev.keyturn.events.TwoFaExpired;
import dev.keyturn.events.TwoFaRejected;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.values.RejectedBy;
import dev.keyturn.values.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every code gets one verdict, and nobody is asked for one that was not used. */
final class Codes {

    private final Evidence evidence;
    private final Log log;
    private final Findings findings;
    private final Map<UUID, Ledger.Submission> submissions;

    Codes(Evidence evidence, Log log, Findings findings) {
        this.evidence = evidence;
        this.log = log;
        this.findings = findings;
        this.submissions =
                evidence.submissions().stream()
                        .collect(toMap(Ledger.Submission::id, Function.identity()));
    }

    void judge() {
        everySubmissionHasOneVerdict();
        log.runs().forEach(run -> nobodyIsAskedTwice(run, log.storyOf(run)));
    }

    private void everySubmissionHasOneVerdict() {
        Map<UUID, Set<String>> decided = decided();
        Set<UUID> taken = new HashSet<>();
        evidence.commands().forEach(c -> submission(c).ifPresent(taken::add));
        Set<UUID> all = new TreeSet<>(taken);
        all.addAll(decided.keySet());
        all.addAll(submissions.keySet());
        for (UUID id : all) {
            Set<String> verdicts = new TreeSet<>(decided.getOrDefault(id, Set.of()));
            Optional.ofNullable(evidence.tables().verdicts().get(id)).ifPresent(verdicts::add);
            Optional.ofNullable(submissions.get(id)).ifPresent(s -> verdicts.addAll(s.verdicts()));
            @Nullable UUID run = runOf(id);
            if (verdicts.size() != 1) {
                findings.find(
                        "one verdict for each submission",
                        run,
                        "submissionId=" + id + " " + verdicts);
            }
            if (decided.getOrDefault(id, Set.of()).isEmpty()) {
                findings.find("every verdict is on the log", run, "submissionId=" + id);
            }
            if (!taken.contains(id)) {
                findings.find("no verdict without a submission", run, "submissionId=" + id);
            }
        }
        noCodeInTimeIsLost(decided);
    }

    /** By submission; more than one fact about the same one shows, too. */
    private Map<UUID, Set<String>> decided() {
        Map<UUID, List<String>> all = new LinkedHashMap<>();
        log.of(TwoFaAnswered.class)
                .forEach(
                        f ->
                                all.computeIfAbsent(f.submissionId(), _ -> new ArrayList<>())
                                        .add(Verdict.DELIVERED.text()));
        log.of(TwoFaCodeTurnedAway.class)
                .forEach(
                        f ->
                                all.computeIfAbsent(f.submissionId(), _ -> new ArrayList<>())
                                        .add(f.verdict().text()));
        Map<UUID, Set<String>> decided = new LinkedHashMap<>();
        all.forEach(
                (id, verdicts) -> {
                    if (verdicts.size() > 1) {
                        findings.find(
                                "one fact for each submission",
                                runOf(id),
                                "submissionId=" + id + " " + verdicts);
                    }
                    decided.put(id, Set.copyOf(verdicts));
                });
        return decided;
    }

    private @Nullable UUID runOf(UUID submission) {
        Ledger.@Nullable Submission made = submissions.get(submission);
        return made == null ? null : made.run();
    }

    private void nobodyIsAskedTwice(UUID run, List<RunFact> story) {
        Set<String> asked = new HashSet<>();
        Set<UUID> rejected = new HashSet<>();
        for (RunFact fact : story) {
            if (fact instanceof TwoFaRejected refusal) {
                rejected.add(refusal.challengeId());
                wasReallyWrong(run, refusal);
            }
            if (fact instanceof TwoFaRequested request) {
                judge(run, request, asked, rejected);
            }
        }
    }

    /** The people type what has the right form, and the wrong code on purpose only. */
    private void wasReallyWrong(UUID run, TwoFaRejected rejected) {
        if (!rejected.by().kind().equals(RejectedBy.Kind.SITE)) {
            findings.find(
                    "the worker can use every code",
                    run,
                    "challengeId=" + rejected.challengeId() + " " + rejected.why());
        }
    }

    private void judge(UUID run, TwoFaRequested request, Set<String> asked, Set<UUID> rejected) {
        boolean isFirst = asked.isEmpty();
        if (!asked.add(request.challengeId() + " round " + request.round())) {
            findings.find(
                    "no challenge is asked twice", run, "challengeId=" + request.challengeId());
        }
        @Nullable UUID before = request.retryOf();
        if (before != null && !rejected.contains(before)) {
            findings.find(
                    "nobody is asked again before the code was refused",
                    run,
                    "challengeId=" + request.challengeId() + " retryOf=" + before);
        }
        if (before == null && !isFirst && request.round() == 1) {
            findings.find(
                    "nobody is asked twice in one sign-in",
                    run,
                    "challengeId=" + request.challengeId());
        }
    }

    private static Optional<UUID> submission(ChallengeCommand command) {
        return command instanceof SubmitCode submit
                ? Optional.of(submit.submissionId())
                : Optional.empty();
    }

    private void noCodeInTimeIsLost(Map<UUID, Set<String>> decided) {
        Set<UUID> expired =
                log.of(TwoFaExpired.class).map(TwoFaExpired::challengeId).collect(toSet());
        for (SubmitCode code : inTime()) {
            if (expired.contains(code.challengeId())) {
                findings.find(
                        "a code in time wins over the deadline",
                        runOf(code.submissionId()),
                        "submissionId=" + code.submissionId());
            }
            if (decided.getOrDefault(code.submissionId(), Set.of())
                    .contains(Verdict.TOO_LATE.text())) {
                findings.find(
                        "a code in time is not too late",
                        runOf(code.submissionId()),
                        "submissionId=" + code.submissionId());
            }
        }
    }

    /** What Home took before the deadline and the broker before it was told of the deadline. */
    private List<SubmitCode> inTime() {
        Map<UUID, Instant> deadlines =
                log.of(TwoFaRequested.class)
                        .collect(
                                toMap(
                                        TwoFaRequested::challengeId,
                                        TwoFaRequested::deadline,
                                        (first, _) -> first));
        Set<UUID> over = new HashSet<>();
        List<SubmitCode> inTime = new ArrayList<>();
        for (ChallengeCommand command : evidence.commands()) {
            @Nullable Instant deadline = deadlines.get(command.challengeId());
            if (command instanceof ExpireChallenge) {
                over.add(command.challengeId());
            } else if (command instanceof SubmitCode code
                    && deadline != null
                    && code.at().isBefore(deadline)
                    && !over.contains(code.challengeId())) {
                inTime.add(code);
            }
        }
        return inTime;
    }
}
