package dev.keyturn.chaos.audit;

import dev.keyturn.events.RunFact;
import dev.keyturn.home.status.ChallengeStatus;
import dev.keyturn.home.status.RunState;
import dev.keyturn.home.status.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Home shows is what the log says. */
final class Views {

    private final Evidence evidence;
    private final Log log;
    private final Findings findings;

    Views(Evidence evidence, Log log, Findings findings) {
        this.evidence = evidence;
        this.log = log;
        this.findings = findings;
    }

    void judge() {
        Map<UUID, Tables.View> views = evidence.tables().runs();
        Set<UUID> extra = new TreeSet<>(views.keySet());
        extra.removeAll(log.folds().keySet());
        extra.forEach(run -> findings.find("every view has a log", run, "no fact"));
        log.folds().forEach((run, fold) -> compare(run, fold, views.get(run)));
    }

    private void compare(UUID run, RunStatus fold, Tables.@Nullable View view) {
        String rule = "views are the fold of the log";
        if (view == null) {
            findings.find(rule, run, "Home has no such run");
            return;
        }
        if (!view.fold().equals(fold)) {
            findings.find(rule, run, "fold: " + view.fold() + " instead of " + fold);
        }
        RunState state = fold.shownAt(Instant.MAX).state();
        if (!view.state().equals(state.name())) {
            findings.find(rule, run, "state: " + view.state() + " instead of " + state);
        }
        if (view.documents() != fold.documents()) {
            findings.find(
                    rule,
                    run,
                    "documents: " + view.documents() + " instead of " + fold.documents());
        }
        @Nullable String shown = evidence.shown().get(run);
        if (shown != null && !shown.equals(state.name())) {
            findings.find(rule, run, "API: " + shown + " instead of " + state);
        }
        List<UUID> ids = log.storyOf(run).stream().map(RunFact::eventId).toList();
        if (!evidence.tables().timelines().getOrDefault(run, List.of()).equals(ids)) {
            findings.find(rule, run, "its timeline is not what the log says");
        }
        fold.challenges().stream()
                .filter(c -> c.asked() != null)
                .forEach(c -> compare(run, rule, c));
    }

    private void compare(UUID run, String rule, ChallengeStatus challenge) {
        String expected =
                challenge.state() + (challenge.outcome() == null ? "" : " " + challenge.outcome());
        @Nullable String found = evidence.tables().challenges().get(challenge.challengeId());
        if (!expected.equals(found)) {
            findings.find(
                    rule,
                    run,
                    "challengeId=%s: %s instead of %s"
                            .formatted(challenge.challengeId(), found, expected));
        }
    }
}
