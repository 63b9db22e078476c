package dev.keyturn.simulator.db;

import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.world.World;
import dev.keyturn.values.RejectedBy;
import dev.keyturn.values.RejectedWhy;
import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.challenge.Checkpoint.State;
import dev.keyturn.worker.store.CheckpointTable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Table {@code checkpoint}. */
public final class MemoryCheckpoints extends CheckpointTable {

    /** A row. */
    public record Stored(UUID runId, Checkpoint checkpoint, @Nullable Long revealedEpoch) {

        /** Whether the run has passed it, or nobody will answer any more. */
        public boolean isOver() {
            return switch (checkpoint.state()) {
                case PASSED, EXPIRED, CANCELLED -> true;
                case OPEN, ANSWERED, REVEALED -> false;
            };
        }
    }

    private final World world;
    private final MemoryRuns runs;
    private final Rows<UUID, Stored> rows = new Rows<>();

    MemoryCheckpoints(World world, MemoryRuns runs) {
        this.world = world;
        this.runs = runs;
    }

    public List<Stored> all() {
        return rows.all();
    }

    @Override
    public boolean has(Tx tx, UUID challengeId) {
        return rows.get(challengeId) != null;
    }

    @Override
    public void insert(Tx tx, UUID runId, long epoch, Checkpoint c) {
        if (runs.isAt(runId, epoch)) {
            rows.put(tx, c.challengeId(), new Stored(runId, c, null));
        }
    }

    @Override
    public Optional<Checkpoint> last(Statements db, UUID runId, int position) {
        return of(runId)
                .filter(c -> c.position() == position)
                .max(Comparator.comparingInt(Checkpoint::attempt));
    }

    @Override
    public Map<UUID, Checkpoint> lastOpen(Tx tx, Collection<UUID> runIds) {
        Map<UUID, Checkpoint> found = new HashMap<>();
        runIds.forEach(id -> lastOpen(id).ifPresent(c -> found.put(id, c)));
        return found;
    }

    private Optional<Checkpoint> lastOpen(UUID runId) {
        return of(runId)
                .filter(c -> c.state() == State.OPEN)
                .max(
                        Comparator.comparingInt(Checkpoint::position)
                                .thenComparingInt(Checkpoint::attempt));
    }

    private Stream<Checkpoint> of(UUID runId) {
        return rows.where(s -> s.runId().equals(runId)).stream().map(Stored::checkpoint);
    }

    @Override
    public List<UUID> open(Tx tx, UUID runId) {
        return of(runId).filter(c -> c.state() == State.OPEN).map(Checkpoint::challengeId).toList();
    }

    @Override
    public void answered(Tx tx, UUID challengeId, UUID submissionId, String sealed, int round) {
        Checkpoint c = there(challengeId).checkpoint();
        if (c.state() == State.OPEN || c.state() == State.ANSWERED) {
            set(tx, c.toAnswered(sealed, round), null);
        }
    }

    @Override
    public void endedAs(Tx tx, UUID challengeId, State state) {
        set(tx, over(there(challengeId).checkpoint(), state), null);
    }

    @Override
    public void round(Tx tx, Checkpoint next) {
        Checkpoint c = there(next.challengeId()).checkpoint();
        if (c.state() == State.OPEN && c.round() < next.round()) {
            set(tx, next, null);
        }
    }

    @Override
    public void deadline(Tx tx, UUID challengeId, Instant deadline) {
        set(tx, there(challengeId).checkpoint().toExtended(deadline), null);
    }

    @Override
    public boolean reveal(Tx tx, UUID challengeId, long epoch) {
        Stored stored = there(challengeId);
        Checkpoint c = stored.checkpoint();
        boolean first = c.state() == State.ANSWERED;
        boolean again =
                c.state() == State.REVEALED && Objects.equals(stored.revealedEpoch(), epoch);
        if (!first && !again) {
            return false;
        }
        if (world.has(Mutant.REVEAL_NOT_NOTED)) {
            return true;
        }
        set(tx, with(c, State.REVEALED, c.privateKey(), c.answer()), epoch);
        return true;
    }

    @Override
    public void rejected(Tx tx, UUID challengeId, RejectedBy by, RejectedWhy why, boolean counted) {
        set(tx, over(there(challengeId).checkpoint(), State.PASSED), null);
    }

    @Override
    public List<Checkpoint> revealed(Tx tx, UUID runId) {
        return of(runId).filter(c -> c.state() == State.REVEALED).toList();
    }

    @Override
    public void passRevealed(Tx tx, UUID runId) {
        revealed(tx, runId).forEach(c -> set(tx, over(c, State.PASSED), null));
    }

    @Override
    public void passAllBut(Tx tx, UUID runId, @Nullable UUID challengeId) {
        for (Checkpoint c : of(runId).toList()) {
            boolean isEnded = c.state() == State.EXPIRED || c.state() == State.CANCELLED;
            if (!c.challengeId().equals(challengeId)
                    && (c.privateKey() != null || (!isEnded && c.state() != State.PASSED))) {
                set(tx, over(c, isEnded ? c.state() : State.PASSED), null);
            }
        }
    }

    @Override
    public int clean(Tx tx) {
        return 0;
    }

    private Checkpoint over(Checkpoint c, State state) {
        return world.has(Mutant.KEY_KEPT)
                ? with(c, state, c.privateKey(), c.answer())
                : with(c, state, null, null);
    }

    private static Checkpoint with(
            Checkpoint c, State state, @Nullable String privateKey, @Nullable String answer) {
        return new Checkpoint(
                c.challengeId(),
                c.position(),
                c.attempt(),
                c.retryOf(),
                c.round(),
                state,
                privateKey,
                c.sealTo(),
                c.prompt(),
                c.deadline(),
                c.extendableTo(),
                answer,
                c.answerRound());
    }

    private void set(Tx tx, Checkpoint next, @Nullable Long revealedEpoch) {
        UUID runId = there(next.challengeId()).runId();
        rows.put(tx, next.challengeId(), new Stored(runId, next, revealedEpoch));
    }

    private Stored there(UUID challengeId) {
        return Objects.requireNonNull(rows.get(challengeId), "checkpoint: must be there");
    }
}
