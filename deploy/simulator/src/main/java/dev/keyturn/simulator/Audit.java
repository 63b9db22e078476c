package dev.keyturn.simulator;

import dev.keyturn.events.LoginStarted;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.RunQueued;
import dev.keyturn.events.WorkerFact;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.simulator.cast.Cast;
import dev.keyturn.simulator.cast.Person;
import dev.keyturn.simulator.db.MemoryCheckpoints;
import dev.keyturn.simulator.db.RunRow;
import dev.keyturn.simulator.world.RunStory;
import dev.keyturn.simulator.world.Watch;
import dev.keyturn.simulator.world.World;
import dev.keyturn.values.Reason;
import dev.keyturn.values.Verdict;
import dev.keyturn.worker.journal.Entry;
import dev.keyturn.worker.run.RunRules;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What must hold in the end, when all faults are over and everybody has come to rest. */
final class Audit {

    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(30);
    // 12 s, and by how much the clock of who says so may be ahead.
    private static final Duration LONGEST_ADOPTION = Duration.ofSeconds(13);

    private final World world;
    private final Cast cast;
    private final Watch watch;
    private final Faults faults;
    private final boolean undisturbed;

    /** An audit of what these faults have left. */
    Audit(World world, Cast cast, Faults faults) {
        this.world = world;
        this.cast = cast;
        this.watch = world.watch();
        this.faults = faults;
        this.undisturbed = faults.number() == 0;
    }

    /** After each commit: no key outlives what it was made for. */
    void afterCommit() {
        for (MemoryCheckpoints.Stored stored : cast.workerTables().checkpoints.all()) {
            @Nullable RunRow run = cast.workerTables().runs.row(stored.runId());
            boolean isOver = stored.isOver() || run == null || run.state().equals("ENDED");
            if (isOver
                    && (stored.checkpoint().privateKey() != null
                            || stored.checkpoint().answer() != null)) {
                watch.violation("secrets are sealed", "the key of a passed challenge is there");
            }
        }
    }

    /** In the end. */
    void all() {
        for (Person person : cast.persons()) {
            person.mine().forEach(run -> run(run, watch.stories().get(run)));
            person.told().forEach(this::told);
            kept(person);
        }
        usedOnce();
        watch.submitted()
                .values()
                .forEach(
                        s -> {
                            if (watch.verdict(s.challengeId(), s.submissionId()) == null) {
                                watch.violation("nothing lost", "a code has no verdict");
                            }
                        });
        if (!areSlotsFree()) {
            watch.violation("waiting is free", "a slot was not given back");
        }
    }

    /** Whether no run holds one. One may just have been taken, to look for a run. */
    boolean areSlotsFree() {
        return cast.workers().stream()
                .allMatch(w -> w.slots().working() <= 1 && w.slots().waiting() == 0);
    }

    /** A code that somebody typed once reaches the site once, however often he sent it. */
    private void usedOnce() {
        Map<String, Integer> delivered = new HashMap<>();
        for (Person person : cast.persons()) {
            for (Person.Told told : person.told()) {
                if (told.verdict().equals(Verdict.DELIVERED)) {
                    delivered.merge(
                            Objects.requireNonNull(person.typed().get(told.submissionId())),
                            1,
                            Integer::sum);
                }
            }
        }
        cast.site()
                .uses()
                .forEach(
                        (code, times) -> {
                            if (times > delivered.getOrDefault(code, 0)) {
                                watch.violation("asked once", "the site got a code twice");
                            }
                        });
    }

    private void run(UUID id, @Nullable RunStory story) {
        if (story == null || story.end() == null) {
            watch.violation("nothing lost", "a run has no end");
            return;
        }
        if (!story.open().isEmpty()) {
            watch.violation("nothing lost", "a challenge has no end");
        }
        @Nullable RunRow row = cast.workerTables().runs.row(id);
        if (row == null || !row.state().equals("ENDED")) {
            watch.violation("nothing lost", "a run has ended on the log only");
        }
        long wishes =
                watch.resends().values().stream()
                        .filter(r -> story.asked(r.challengeId()))
                        .map(r -> r.challengeId() + "/" + r.round())
                        .distinct()
                        .count();
        if (cast.site().resent(id) > wishes) {
            watch.violation("asked once", "the site sent again more often than somebody wanted");
        }
        if (row != null) {
            ended(row, story.end());
        }
        adopted(story);
        view(id, story);
        queue(story);
    }

    private void ended(RunRow row, WorkerFact end) {
        if (!(end instanceof RunFailed failed)) {
            return;
        }
        boolean isInterrupted = failed.reason().is(Reason.INTERRUPTED);
        if (isInterrupted && !hasCause(row)) {
            watch.violation("asked once", "a run was INTERRUPTED without a cause");
        }
        if (failed.reason().is(Reason.UNKNOWN_ERROR)
                || failed.reason().is(Reason.NOT_STARTED)
                || (undisturbed && isInterrupted)) {
            watch.violation(
                    "nothing lost",
                    "a run failed for what was done to Keyturn: " + failed.reason().text());
        }
    }

    /** What must not be repeated was under way, or one worker after the other died of it. */
    private boolean hasCause(RunRow row) {
        return row.unsafeRequest()
                || row.losses() + 1 >= RunRules.MOST_LOSSES
                || cast.workerTables().journal.of(row.id()).stream()
                        .anyMatch(e -> e.kind() == Entry.Kind.STEP && e.once() && !e.done());
    }

    /** Where nothing else went wrong, others take a dead worker's runs over in time. */
    private void adopted(RunStory story) {
        Optional<Instant> kill = faults.onlyKill();
        for (RunFact fact : story.facts()) {
            if (fact instanceof RunAdopted
                    && kill.isPresent()
                    && cast.workers().size() > 1
                    && Duration.between(kill.get(), fact.at()).compareTo(LONGEST_ADOPTION) > 0) {
                watch.violation("nothing lost", "a run was adopted too late");
            }
        }
    }

    private void view(UUID id, RunStory story) {
        @Nullable RunStatus folded = null;
        for (RunFact fact : story.facts()) {
            RunStatus before = folded == null ? RunStatus.before(id, fact) : folded;
            folded = before.on(fact).status();
        }
        RunStatus shown = cast.homeTables().run(id).orElse(null);
        if (folded == null || !folded.equals(shown)) {
            watch.violation("time is data", "what is shown is not what the log says");
        }
    }

    private void queue(RunStory story) {
        if (!undisturbed) {
            return;
        }
        @Nullable RunFact queued = null;
        for (RunFact fact : story.facts()) {
            if (fact instanceof RunQueued) {
                queued = fact;
            } else if (fact instanceof LoginStarted started
                    && queued != null
                    && Duration.between(queued.at(), started.at()).compareTo(LONGEST_QUEUE) > 0) {
                watch.violation("waiting is free", "a run waited for a slot for too long");
            }
        }
    }

    private void told(Person.Told told) {
        @Nullable Verdict known = watch.verdict(told.challengeId(), told.submissionId());
        if (!told.verdict().equals(known)) {
            watch.violation(
                    "one decision",
                    "somebody was told " + told.verdict() + ", the log says " + known);
        }
    }

    /** Who has signed in once is not asked again, unless he wants to be. */
    private void kept(Person person) {
        boolean isKept = false;
        List<UUID> runs = person.mine();
        for (UUID id : runs) {
            @Nullable RunStory story = watch.stories().get(id);
            if (story == null) {
                continue;
            }
            boolean fresh = Boolean.TRUE.equals(person.asked().get(id));
            if (isKept && !fresh && story.isAsked()) {
                watch.violation("asked once", "a kept session was not used");
            }
            isKept = isKept || story.end() instanceof RunFinished;
        }
    }

    /** That reading everything again has changed nothing and told nobody anything new. */
    void sameAs(State before) {
        State now = State.of(world, cast);
        if (!now.equals(before)) {
            watch.violation("replay is safe", "reading again changed " + now.difference(before));
        }
    }
}
