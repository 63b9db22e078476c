package dev.keyturn.simulator.world;

import dev.keyturn.events.ChallengeFact;
import dev.keyturn.events.LoginStarted;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.RunQueued;
import dev.keyturn.events.TwoFaAnswered;
import dev.keyturn.events.TwoFaCancelled;
import dev.keyturn.events.TwoFaClosed;
import dev.keyturn.events.TwoFaCodeTurnedAway;
import dev.keyturn.events.TwoFaExpired;
import dev.keyturn.events.TwoFaExtended;
import dev.keyturn.events.TwoFaRejected;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.events.WorkerFact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the log says of one run, each fact once, and what it must not say. */
public final class RunStory {

    private final UUID run;
    private final Watch watch;
    private final List<RunFact> facts = new ArrayList<>();
    private final Set<Long> claims = new HashSet<>();
    private final Set<UUID> asked = new HashSet<>();
    private final Set<UUID> rejected = new HashSet<>();
    private final Set<UUID> over = new HashSet<>();
    private long epoch;
    private boolean isAsked;
    private @Nullable WorkerFact end;

    RunStory(UUID run, Watch watch) {
        this.run = run;
        this.watch = watch;
    }

    void on(RunFact fact) {
        facts.add(fact);
        switch (fact) {
            case RunQueued _ -> {}
            case WorkerFact said -> onWorker(said);
            case ChallengeFact decided -> onDecided(decided);
        }
    }

    private void onWorker(WorkerFact fact) {
        if (fact.epoch() < epoch) {
            watch.violation("order", fact.typeName() + " of an epoch that was over");
        }
        if (end != null) {
            watch.violation("nothing lost", fact.typeName() + " after the end of its run");
        }
        epoch = Math.max(epoch, fact.epoch());
        switch (fact) {
            case LoginStarted _, RunAdopted _ -> {
                if (!claims.add(fact.epoch())) {
                    watch.violation("order", "two claims of one epoch");
                }
            }
            case TwoFaRejected refused -> rejected.add(refused.challengeId());
            case TwoFaRequested request -> onRequested(request);
            case RunFinished _, RunFailed _ -> end = fact;
            default -> {}
        }
    }

    private void onRequested(TwoFaRequested request) {
        if (!asked.add(request.challengeId())) {
            return;
        }
        @Nullable UUID before = request.retryOf();
        if (before == null && isAsked) {
            watch.violation("asked once", "a run asked anew");
        }
        if (before != null && !rejected.contains(before)) {
            watch.violation("asked once", "a run asked again before a code was refused");
        }
        isAsked = true;
    }

    private void onDecided(ChallengeFact fact) {
        switch (fact) {
            case TwoFaAnswered _, TwoFaExpired _, TwoFaCancelled _, TwoFaClosed _ -> {
                if (!over.add(fact.challengeId())) {
                    watch.violation("one decision", "a challenge ended twice");
                }
            }
            case TwoFaExtended _, TwoFaCodeTurnedAway _ -> {}
        }
    }

    public UUID run() {
        return run;
    }

    public List<RunFact> facts() {
        return facts;
    }

    public @Nullable WorkerFact end() {
        return end;
    }

    /** Whether somebody was asked. */
    public boolean isAsked() {
        return isAsked;
    }

    /** Whether this challenge is one of the run's. */
    public boolean asked(UUID challengeId) {
        return asked.contains(challengeId);
    }

    /** Challenges of which nobody has heard an end. */
    public Set<UUID> open() {
        Set<UUID> open = new HashSet<>(asked);
        open.removeAll(over);
        return open;
    }
}
