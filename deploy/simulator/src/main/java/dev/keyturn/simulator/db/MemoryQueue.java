package dev.keyturn.simulator.db;

import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.store.AccountTable;
import dev.keyturn.worker.store.QueueTable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Table {@code run} as the queue of what nobody holds. */
public final class MemoryQueue extends QueueTable {

    private static final Comparator<RunRow> IN_ORDER =
            Comparator.<RunRow, Instant>comparing(r -> r.queuedAt).thenComparing(RunRow::id);

    private final MemoryRuns runs;
    private final MemoryAccounts accounts;

    MemoryQueue(MemoryRuns runs, MemoryAccounts accounts) {
        this.runs = runs;
        this.accounts = accounts;
    }

    @Override
    public Offer offer(Statements db) {
        List<RunRow> adoptable = runs.where(r -> r.state.equals("ADOPTABLE"));
        return new Offer(
                adoptable.stream().anyMatch(r -> r.wasWaiting),
                adoptable.stream().anyMatch(r -> !r.wasWaiting)
                        || !runs.where(r -> r.state.equals("QUEUED")).isEmpty());
    }

    @Override
    public Optional<Candidate> next(Tx tx, Set<String> connectors, Set<UUID> tried, Instant now) {
        return adoptable(false, tried, now).findFirst().or(() -> queued(tried, now));
    }

    @Override
    public List<Candidate> nextWaiting(Tx tx, Set<String> connectors, Instant now, int limit) {
        return adoptable(true, Set.of(), now).limit(limit).toList();
    }

    private Stream<Candidate> adoptable(boolean waiting, Set<UUID> tried, Instant now) {
        return runs
                .where(
                        r ->
                                r.state.equals("ADOPTABLE")
                                        && r.wasWaiting == waiting
                                        && Objects.requireNonNull(r.endsAt).isAfter(now)
                                        && !tried.contains(r.id()))
                .stream()
                .sorted(Comparator.comparing(r -> r.queuedAt))
                .map(MemoryQueue::candidate);
    }

    private Optional<Candidate> queued(Set<UUID> tried, Instant now) {
        return runs
                .where(
                        r ->
                                isQueued(r, now)
                                        && !tried.contains(r.id())
                                        && accounts.row(r.asked.accountId())
                                                .filter(a -> a.state() == AccountTable.State.ACTIVE)
                                                .filter(a -> a.kept() != null)
                                                .isPresent()
                                        && !hasOther(r)
                                        && !isBehind(r, now))
                .stream()
                .min(IN_ORDER)
                .map(MemoryQueue::candidate);
    }

    private static boolean isQueued(RunRow r, Instant now) {
        return r.state.equals("QUEUED") && r.asked.notAfter().isAfter(now) && !r.cancelAsked;
    }

    private boolean isBehind(RunRow r, Instant now) {
        return runs.any(
                o ->
                        o.asked.accountId().equals(r.asked.accountId())
                                && isQueued(o, now)
                                && IN_ORDER.compare(o, r) < 0);
    }

    private boolean hasOther(RunRow r) {
        return runs.any(
                o ->
                        o.asked.accountId().equals(r.asked.accountId())
                                && !o.id().equals(r.id())
                                && o.isTaken());
    }

    private static Candidate candidate(RunRow r) {
        return new Candidate(r.id(), r.asked.accountId());
    }

    @Override
    public List<Run> claim(Tx tx, Collection<UUID> runIds, UUID holder, Instant now) {
        return runIds.stream().flatMap(id -> claim(tx, id, holder, now).stream()).toList();
    }

    private Optional<Run> claim(Tx tx, UUID runId, UUID holder, Instant now) {
        @Nullable RunRow r = runs.row(runId);
        if (r == null
                || !(r.state.equals("QUEUED") || r.state.equals("ADOPTABLE"))
                || r.cancelAsked
                || hasOther(r)) {
            return Optional.empty();
        }
        RunRow next = r.copy();
        next.state = r.state.equals("ADOPTABLE") && r.wasWaiting ? "WAITING" : "WORKING";
        next.epoch = r.epoch + 1;
        next.holder = holder;
        next.startedAt = r.startedAt == null ? now : r.startedAt;
        next.endsAt = r.endsAt == null ? now.plus(r.asked.longest()) : r.endsAt;
        runs.put(tx, next);
        return Optional.of(next.toRun());
    }
}
