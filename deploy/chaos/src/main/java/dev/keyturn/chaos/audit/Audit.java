package dev.keyturn.chaos.audit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.values.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Judges what is left when everything has come to rest. */
public final class Audit {

    private final Evidence evidence;
    private final Findings findings = new Findings();
    private final Log log;
    private final RunEnds ends;

    private Audit(Evidence evidence) {
        this.evidence = evidence;
        this.log = new Log(evidence.log(), findings);
        this.ends = new RunEnds(evidence, log, findings);
    }

    /** The verdict on this evidence. */
    public static Audit of(Evidence evidence) {
        Audit audit = new Audit(evidence);
        audit.everythingCanBeRead();
        audit.nobodyDied();
        audit.ends.judge();
        new Codes(evidence, audit.log, audit.findings).judge();
        new AtTheSite(evidence, audit.log, audit.findings).judge();
        new Views(evidence, audit.log, audit.findings).judge();
        audit.nothingIsLeftOver();
        return audit;
    }

    public List<Violation> violations() {
        return findings.all();
    }

    public int runs() {
        return log.runs().size();
    }

    /** How often a run was adopted. */
    public long adoptions() {
        return log.of(RunAdopted.class).count();
    }

    /** How many runs ended in each way; those that ended well as {@code done}. */
    public Map<String, Long> ends() {
        Stream<String> failed = log.of(RunFailed.class).map(f -> f.reason().text());
        Stream<String> finished = log.of(RunFinished.class).map(_ -> "done");
        return counted(Stream.concat(finished, failed));
    }

    /** Why runs were interrupted. */
    public Map<String, Long> interruptions() {
        return counted(
                log.of(RunFailed.class)
                        .filter(f -> f.reason().is(Reason.INTERRUPTED))
                        .map(f -> ends.causeOf(f).orElse("unknown")));
    }

    private static Map<String, Long> counted(Stream<String> words) {
        return words.collect(groupingBy(Function.identity(), TreeMap::new, counting()));
    }

    /** The log's own story of a run, each fact with its repeats left out. */
    public List<RunFact> storyOf(UUID run) {
        return log.storyOf(run);
    }

    private void everythingCanBeRead() {
        evidence.unreadable()
                .forEach(where -> findings.find("every record can be read", null, where));
        evidence.deadLetters().entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .forEach(e -> findings.find("nothing is a dead letter", null, e.toString()));
    }

    private void nobodyDied() {
        evidence.deaths().forEach(death -> findings.find("no process ends by itself", null, death));
    }

    private void nothingIsLeftOver() {
        evidence.tables().left().entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .forEach(
                        e ->
                                findings.find(
                                        "nothing is left over",
                                        null,
                                        e.getKey() + ": " + e.getValue()));
        evidence.tables()
                .held()
                .forEach(
                        (run, held) -> {
                            if (!held.state().equals("ENDED")) {
                                findings.find(
                                        "every run is over", run, "the workers hold it " + held);
                            }
                        });
    }
}
