package dev.keyturn.chaos.audit;

import static java.util.stream.Collectors.toMap;

import dev.keyturn.chaos.person.Ledger;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.RunQueued;
import dev.keyturn.events.WorkerFact;
import dev.keyturn.values.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every run ends once, and for a reason that its person knows. */
final class RunEnds {

    private final Evidence evidence;
    private final Log log;
    private final Findings findings;
    private final Map<UUID, Ledger.RunOfPerson> persons;

    RunEnds(Evidence evidence, Log log, Findings findings) {
        this.evidence = evidence;
        this.log = log;
        this.findings = findings;
        this.persons =
                evidence.runs().stream()
                        .collect(toMap(Ledger.RunOfPerson::id, Function.identity()));
    }

    void judge() {
        Set<UUID> all = new TreeSet<>(log.runs());
        all.addAll(persons.keySet());
        all.addAll(evidence.tables().held().keySet());
        all.forEach(this::judge);
    }

    private void judge(UUID run) {
        List<RunFact> story = log.storyOf(run);
        List<RunFact> ends =
                story.stream()
                        .filter(f -> f instanceof RunFinished || f instanceof RunFailed)
                        .toList();
        if (ends.size() != 1) {
            findings.find("every run has exactly one end", run, ends.size() + " ends");
        }
        epochsOnlyGrow(run, story);
        if (story.isEmpty() || !(story.getFirst() instanceof RunQueued)) {
            findings.find("every run begins with RunQueued", run, story.size() + " facts");
        }
        ends.stream()
                .filter(RunFailed.class::isInstance)
                .map(RunFailed.class::cast)
                .forEach(this::explain);
    }

    private void explain(RunFailed end) {
        Ledger.@Nullable RunOfPerson person = persons.get(end.runId());
        boolean gaveUp = person != null && person.gaveUp();
        Reason reason = end.reason();
        if (reason.is(Reason.INTERRUPTED)) {
            if (causeOf(end).isEmpty()) {
                findings.find("INTERRUPTED has a cause", end.runId(), "words: " + end.words());
            }
        } else if (reason.is(Reason.TWOFA_CANCELLED) || reason.is(Reason.CANCELLED)) {
            if (!gaveUp) {
                findings.find("who did not cancel is not cancelled", end.runId(), reason.text());
            }
        } else if (!reason.is(Reason.TWOFA_EXPIRED)) {
            // That it expired is judged by the codes that were given for it.
            findings.find(
                    "no run fails for what we did to Keyturn",
                    end.runId(),
                    reason + " " + end.words());
        }
    }

    /** Why this run was interrupted; empty if nothing says so. */
    Optional<String> causeOf(RunFailed end) {
        String words = String.valueOf(end.words());
        Tables.@Nullable Held held = evidence.tables().held().get(end.runId());
        if (words.startsWith("The step")) {
            return Optional.of("a once step had begun");
        }
        if (words.startsWith("The code was used")) {
            return Optional.of("a code had been revealed");
        }
        if (held == null) {
            return Optional.empty();
        }
        if (held.unsafe()) {
            return Optional.of("a request outside a step");
        }
        if (held.losses() >= 2) {
            return Optional.of("three losses");
        }
        Instant limit = held.endsAt();
        boolean tooLong = limit != null && !end.at().isBefore(limit);
        return tooLong ? Optional.of("the longest duration") : Optional.empty();
    }

    private void epochsOnlyGrow(UUID run, List<RunFact> story) {
        long last = 0;
        for (RunFact fact : story) {
            if (fact instanceof RunAdopted adopted && adopted.epoch() <= last) {
                findings.find(
                        "each claim has an epoch of its own",
                        run,
                        "RunAdopted at epoch " + adopted.epoch() + " after " + last);
            }
            last = fact instanceof WorkerFact w ? Math.max(last, w.epoch()) : last;
        }
    }
}
