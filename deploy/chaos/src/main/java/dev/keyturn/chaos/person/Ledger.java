package dev.keyturn.chaos.person;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What people did and what they were told. Safe for use by many threads. */
public final class Ledger {

    /**
     * One press of Validate.
     *
     * @param code what was typed
     * @param verdicts all different ones that were answered, but for {@code PENDING}
     */
    public record Submission(
            UUID id, UUID challenge, UUID run, String code, Instant at, Set<String> verdicts) {}

    /**
     * A run as its person knows it.
     *
     * @param gaveUp whether she cancelled the run or its challenge
     */
    public record RunOfPerson(UUID id, UUID account, String user, String login, boolean gaveUp) {

        RunOfPerson toGivenUp() {
            return new RunOfPerson(id, account, user, login, true);
        }
    }

    /**
     * How long somebody waited for Keyturn.
     *
     * @param after what she had done
     */
    public record Pause(Duration length, String after, UUID run, Instant until) {}

    private final Map<UUID, Submission> submissions = new LinkedHashMap<>();
    private final Map<UUID, RunOfPerson> runs = new LinkedHashMap<>();
    private final List<Pause> pauses = new ArrayList<>();
    private final Map<String, Integer> complaints = new TreeMap<>();

    synchronized void submits(UUID id, UUID challenge, UUID run, String code, Instant at) {
        submissions.put(id, new Submission(id, challenge, run, code, at, new TreeSet<>()));
    }

    synchronized void isTold(UUID submission, String verdict) {
        Submission made = submissions.get(submission);
        if (made == null) {
            throw new IllegalStateException("nobody submitted " + submission);
        }
        made.verdicts().add(verdict);
    }

    synchronized void runs(RunOfPerson run) {
        runs.put(run.id(), run);
    }

    synchronized void givesUp(UUID run) {
        runs.computeIfPresent(run, (_, known) -> known.toGivenUp());
    }

    synchronized void waited(Pause pause) {
        pauses.add(pause);
    }

    /** Home answered what it should never answer. */
    synchronized void complains(String what) {
        complaints.merge(what, 1, Integer::sum);
    }

    public synchronized List<Submission> submissions() {
        return List.copyOf(submissions.values());
    }

    public synchronized List<RunOfPerson> runs() {
        return List.copyOf(runs.values());
    }

    public synchronized List<Pause> pauses() {
        return List.copyOf(pauses);
    }

    public synchronized Map<String, Integer> complaints() {
        return Map.copyOf(complaints);
    }
}
