package dev.keyturn.chaos.audit;

import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.WorkerFact;
import dev.keyturn.home.status.Folded;
import dev.keyturn.home.status.RunStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The log without its repeats, folded as Home folds it. */
final class Log {

    /** The facts of each run, in the order of the log. */
    private final Map<UUID, List<RunFact>> facts = new LinkedHashMap<>();

    private final Map<UUID, RunStatus> folds = new LinkedHashMap<>();
    private final Findings findings;

    Log(List<ConnectorEvent> records, Findings findings) {
        this.findings = findings;
        Set<UUID> seen = new HashSet<>();
        for (ConnectorEvent event : records) {
            if (event instanceof RunFact fact && seen.add(fact.eventId())) {
                add(fact);
            }
        }
    }

    private void add(RunFact fact) {
        @Nullable UUID run = fact.runId();
        if (run == null) {
            findings.find("every fact names its run", null, fact.typeName() + fact.eventId());
            return;
        }
        facts.computeIfAbsent(run, _ -> new ArrayList<>()).add(fact);
        RunStatus before = folds.getOrDefault(run, RunStatus.before(run, fact));
        Folded folded = before.on(fact);
        folds.put(run, folded.status());
        if (folded.effect() != Folded.Effect.APPLIED && fact instanceof WorkerFact worker) {
            findings.find(
                    "no fact of a worker that had lost its run, none after the end",
                    run,
                    "%s at epoch %d, eventId=%s: %s"
                            .formatted(
                                    fact.typeName(),
                                    worker.epoch(),
                                    fact.eventId(),
                                    folded.effect()));
        }
    }

    Set<UUID> runs() {
        return Collections.unmodifiableSet(facts.keySet());
    }

    List<RunFact> storyOf(UUID run) {
        return facts.getOrDefault(run, List.of());
    }

    Map<UUID, RunStatus> folds() {
        return Collections.unmodifiableMap(folds);
    }

    <T extends RunFact> Stream<T> of(Class<T> type) {
        return facts.values().stream()
                .flatMap(List::stream)
                .filter(type::isInstance)
                .map(type::cast);
    }
}
