package dev.keyturn.simulator.db;

import dev.keyturn.commands.RequestRun;
import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.world.World;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.Standing;
import dev.keyturn.worker.store.RunTable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table {@code run}. */
public final class MemoryRuns extends RunTable {

    private final World world;
    private final MemoryInstances instances;
    private final Rows<UUID, RunRow> rows = new Rows<>();

    MemoryRuns(World world, MemoryInstances instances) {
        this.world = world;
        this.instances = instances;
    }

    public List<RunRow> all() {
        return rows.all();
    }

    public @Nullable RunRow row(UUID runId) {
        return rows.get(runId);
    }

    @Override
    public boolean queue(Tx tx, RequestRun asked, @Nullable String traceparent, Instant now) {
        return rows.insert(tx, asked.runId(), new RunRow(asked, traceparent, now));
    }

    List<RunRow> where(Predicate<RunRow> condition) {
        return rows.where(condition);
    }

    boolean any(Predicate<RunRow> condition) {
        return rows.any(condition);
    }

    void put(Tx tx, RunRow row) {
        rows.put(tx, row.id(), row);
    }

    @Override
    public Set<At> fence(Tx tx, Collection<At> runs) {
        return runs.stream()
                .filter(at -> world.has(Mutant.ZOMBIES_WRITE) || isClaimed(at))
                .collect(Collectors.toSet());
    }

    private boolean isClaimed(At at) {
        return rows.find(at.runId())
                .filter(r -> r.epoch == at.epoch() && r.isClaimed())
                .isPresent();
    }

    @Override
    public boolean endedAt(Tx tx, UUID runId, long epoch) {
        return rows.find(runId)
                .filter(r -> r.epoch == epoch && r.state.equals("ENDED"))
                .isPresent();
    }

    @Override
    public boolean end(Tx tx, Run run, long epoch, String reason, Instant now) {
        @Nullable RunRow r = rows.get(run.id());
        if (r == null || r.epoch != run.standing().epoch() || r.state.equals("ENDED")) {
            return false;
        }
        RunRow next = r.copy();
        next.state = "ENDED";
        next.epoch = epoch;
        next.reason = reason;
        rows.put(tx, run.id(), next);
        return true;
    }

    private boolean change(
            Tx tx, UUID runId, long epoch, Predicate<RunRow> which, Consumer<RunRow> change) {
        @Nullable RunRow r = rows.get(runId);
        if (r == null || r.epoch != epoch || !which.test(r)) {
            return false;
        }
        RunRow next = r.copy();
        change.accept(next);
        rows.put(tx, runId, next);
        return true;
    }

    @Override
    public void waiting(Tx tx, UUID runId, long epoch, boolean waits) {
        boolean _ =
                change(
                        tx,
                        runId,
                        epoch,
                        RunRow::isClaimed,
                        r -> r.state = waits ? "WAITING" : "WORKING");
    }

    @Override
    public boolean disableAutoSuccess(Tx tx, UUID runId, long epoch) {
        return change(
                tx, runId, epoch, r -> !r.autoSuccessDisabled, r -> r.autoSuccessDisabled = true);
    }

    @Override
    public boolean succeedLogin(Tx tx, UUID runId, long epoch) {
        return change(tx, runId, epoch, r -> !r.loginSucceeded, r -> r.loginSucceeded = true);
    }

    @Override
    public void unsafeRequest(Tx tx, UUID runId, long epoch) {
        boolean _ = change(tx, runId, epoch, r -> !r.unsafeRequest, r -> r.unsafeRequest = true);
    }

    @Override
    public void progressed(Tx tx, UUID runId, long epoch) {
        boolean _ =
                change(
                        tx,
                        runId,
                        epoch,
                        r -> r.unsafeRequest || r.losses > 0,
                        r -> {
                            r.unsafeRequest = false;
                            r.losses = 0;
                        });
    }

    @Override
    public boolean giveBack(Tx tx, Run run) {
        return change(
                tx,
                run.id(),
                run.standing().epoch(),
                r -> r.isClaimed() && !r.cancelAsked,
                MemoryRuns::toAdoptable);
    }

    private static void toAdoptable(RunRow r) {
        r.wasWaiting = r.state.equals("WAITING");
        r.state = "ADOPTABLE";
        r.holder = null;
    }

    @Override
    public int orphansToAdoptable(Tx tx, int mostLosses, int limit) {
        List<RunRow> orphans =
                rows.where(
                        r ->
                                isOrphan(r)
                                        && !r.cancelAsked
                                        && !r.unsafeRequest
                                        && (r.state.equals("WAITING")
                                                || r.losses + 1 < mostLosses));
        for (RunRow r : orphans) {
            RunRow next = r.copy();
            next.losses = r.losses + (r.state.equals("WAITING") ? 0 : 1);
            toAdoptable(next);
            rows.put(tx, r.id(), next);
        }
        return orphans.size();
    }

    private boolean isOrphan(RunRow r) {
        return r.isClaimed() && !instances.isLive(r.holder);
    }

    @Override
    public int countRefusal(Tx tx, UUID runId, long epoch) {
        boolean _ = change(tx, runId, epoch, _ -> true, r -> r.workerRefusals++);
        return Objects.requireNonNull(rows.get(runId)).workerRefusals;
    }

    @Override
    public void askCancel(Tx tx, UUID runId) {
        RunRow r = Objects.requireNonNull(rows.get(runId));
        boolean _ = change(tx, runId, r.epoch, _ -> true, next -> next.cancelAsked = true);
    }

    @Override
    public Optional<Run> find(Statements db, UUID runId) {
        return rows.find(runId).map(RunRow::toRun);
    }

    @Override
    public List<Run> open(Tx tx, UUID accountId) {
        return runs(r -> r.asked.accountId().equals(accountId) && !r.state.equals("ENDED"));
    }

    @Override
    public List<Run> heldBy(Tx tx, UUID holder) {
        return runs(r -> holder.equals(r.holder) && r.isClaimed());
    }

    @Override
    public Set<UUID> heldIds(Statements db, UUID holder) {
        return heldBy((Tx) db, holder).stream().map(Run::id).collect(Collectors.toSet());
    }

    @Override
    public List<Run> cancelledOf(Statements db, UUID holder) {
        return runs(r -> holder.equals(r.holder) && r.isClaimed() && r.cancelAsked);
    }

    @Override
    public List<Run> overdue(Statements db, Instant now, int limit) {
        return runs(
                r ->
                        (r.state.equals("QUEUED") && !r.asked.notAfter().isAfter(now))
                                || (r.isTaken() && !Objects.requireNonNull(r.endsAt).isAfter(now))
                                || isOrphan(r));
    }

    private List<Run> runs(Predicate<RunRow> which) {
        return rows.where(which).stream().map(RunRow::toRun).toList();
    }

    boolean isAt(UUID runId, long epoch) {
        return rows.find(runId).filter(r -> r.epoch == epoch).isPresent();
    }

    @Override
    public boolean isHolderGone(Tx tx, Run run) {
        return run.standing() instanceof Standing.Claimed claimed
                && !instances.isLive(claimed.holder());
    }

    @Override
    public int clean(Tx tx, Instant before) {
        return 0;
    }

    @Override
    public void deleteAll(Tx tx, UUID accountId) {
        throw new UnsupportedOperationException("The simulator erases no account");
    }
}
