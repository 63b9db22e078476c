package dev.keyturn.home.status;

import dev.keyturn.events.RunFact;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.home.status.Folded.Effect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Facts of runs, applied one after the other: each once, and only to a run of its account. */
public final class RunFolds {

    /** What became of a fact. */
    public sealed interface Taken {

        /** It is of an account that takes none, or of another's run: nothing happened. */
        record Foreign() implements Taken {}

        /** It was applied before. */
        record Again() implements Taken {}

        /** A prompt that the fleet did not sign: it stands on the timeline and is not shown. */
        record Withheld(RunStatus run) implements Taken {}

        /** It was applied. */
        record Applied(Folded folded) implements Taken {}
    }

    private final Map<UUID, UUID> owners;
    private final Map<UUID, RunStatus> runs;
    private final Map<UUID, RunStatus> touched = new LinkedHashMap<>();
    private final Set<UUID> applied;

    /**
     * Begins a batch.
     *
     * @param owners of the accounts that take facts
     * @param runs as they are known before
     * @param applied ids of facts that were applied before
     */
    public RunFolds(Map<UUID, UUID> owners, Map<UUID, RunStatus> runs, Set<UUID> applied) {
        this.owners = Map.copyOf(owners);
        this.runs = new HashMap<>(runs);
        this.applied = new HashSet<>(applied);
    }

    /** Applies one. */
    public Taken on(RunFact fact, Predicate<TwoFaRequested> isGenuine) {
        UUID id = Objects.requireNonNull(fact.runId());
        @Nullable RunStatus known = runs.get(id);
        RunStatus run = known == null ? RunStatus.before(id, fact) : known;
        if (!fact.ownerId().equals(owners.get(fact.accountId()))
                || !run.accountId().equals(fact.accountId())) {
            return new Taken.Foreign();
        }
        if (!applied.add(fact.eventId())) {
            return new Taken.Again();
        }
        if (fact instanceof TwoFaRequested asked && !isGenuine.test(asked)) {
            keep(run);
            return new Taken.Withheld(run);
        }
        Folded folded = run.on(fact);
        keep(folded.status());
        return new Taken.Applied(folded);
    }

    private void keep(RunStatus run) {
        runs.put(run.runId(), run);
        touched.put(run.runId(), run);
    }

    /** The runs of which a fact was taken, as they are now. */
    public Map<UUID, RunStatus> touched() {
        return touched;
    }

    /** Whether a fact that was taken changed nothing of what is told. */
    public static boolean isLate(Taken taken) {
        return !(taken instanceof Taken.Applied a) || a.folded().effect() != Effect.APPLIED;
    }
}
