package dev.keyturn.worker.claim;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.connectors.Connectors;
import dev.keyturn.worker.journal.Entry;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.RunFacts;
import dev.keyturn.worker.run.Standing;
import dev.keyturn.worker.store.AccountTable;
import dev.keyturn.worker.store.CheckpointTable;
import dev.keyturn.worker.store.JournalTable;
import dev.keyturn.worker.store.Messages;
import dev.keyturn.worker.store.QueueTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Takes runs from the queue. */
@ApplicationScoped
public class Claims {

    /** Looks at so many runs whose account somebody else is busy with, before it comes again. */
    private static final int TRIES = 5;

    private static final int TOGETHER = 500;

    private final Database database;
    private final Outbox outbox;
    private final QueueTable queue;
    private final AccountTable accounts;
    private final JournalTable journals;
    private final CheckpointTable checkpoints;
    private final Messages messages;
    private final Connectors connectors;
    private final Clock clock;

    Claims(
            Database database,
            Outbox outbox,
            QueueTable queue,
            AccountTable accounts,
            JournalTable journals,
            CheckpointTable checkpoints,
            Messages messages,
            Connectors connectors,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.queue = queue;
        this.accounts = accounts;
        this.journals = journals;
        this.checkpoints = checkpoints;
        this.messages = messages;
        this.connectors = connectors;
        this.clock = clock;
    }

    /** Whether there may be any. */
    public QueueTable.Offer offer() {
        return database.autocommit(queue::offer);
    }

    /** The next run that is to work, now held by this instance; empty if none can be had. */
    public Optional<Claim> next(UUID instanceId) {
        return database.tx(tx -> next(tx, instanceId, clock.instant()));
    }

    private Optional<Claim> next(Tx tx, UUID instanceId, Instant now) {
        Set<UUID> tried = new HashSet<>();
        while (tried.size() < TRIES) {
            Optional<QueueTable.Candidate> candidate =
                    queue.next(tx, connectors.slugs(), tried, now);
            if (candidate.isEmpty()) {
                return Optional.empty();
            }
            List<Claim> claims = claim(tx, List.of(candidate.get()), instanceId, now);
            if (!claims.isEmpty()) {
                return Optional.of(claims.getFirst());
            }
            tried.add(candidate.get().runId());
        }
        return Optional.empty();
    }

    /**
     * The next runs to adopt that wait for a person; none if none can be had. Many in one
     * transaction: a worker that died may leave ten thousand, and nobody works on them who would
     * have to wait for its end.
     */
    public List<Claim> nextWaiting(UUID instanceId) {
        return database.tx(
                tx -> {
                    Instant now = clock.instant();
                    return claim(
                            tx,
                            queue.nextWaiting(tx, connectors.slugs(), now, TOGETHER),
                            instanceId,
                            now);
                });
    }

    private List<Claim> claim(
            Tx tx, List<QueueTable.Candidate> candidates, UUID instanceId, Instant now) {
        // An account is known only from the locked row, so its lock is tried, not waited for.
        Set<UUID> locked =
                outbox.tryLock(
                        tx, candidates.stream().map(QueueTable.Candidate::accountId).toList());
        List<UUID> runIds =
                candidates.stream()
                        .filter(c -> locked.contains(c.accountId()))
                        .map(QueueTable.Candidate::runId)
                        .toList();
        List<Run> runs = runIds.isEmpty() ? List.of() : queue.claim(tx, runIds, instanceId, now);
        return runs.isEmpty() ? List.of() : claimed(tx, runs, now);
    }

    private List<Claim> claimed(Tx tx, List<Run> runs, Instant now) {
        messages.addAll(
                tx,
                runs.stream()
                        .map(
                                run ->
                                        Messages.message(
                                                new RunFacts(run, run.standing().epoch(), now)
                                                        .claimed(),
                                                run.traceparent()))
                        .toList());
        List<UUID> ids = runs.stream().map(Run::id).toList();
        Map<UUID, AccountTable.Kept> kept =
                accounts.kept(tx, runs.stream().map(Run::accountId).toList());
        Map<UUID, List<Entry>> journal = journals.load(tx, ids);
        Map<UUID, Checkpoint> open = waiting(runs) ? checkpoints.lastOpen(tx, ids) : Map.of();
        return runs.stream()
                .map(
                        run ->
                                new Claim(
                                        run,
                                        Objects.requireNonNull(kept.get(run.accountId())),
                                        journal.getOrDefault(run.id(), List.of()),
                                        open.get(run.id())))
                .toList();
    }

    private static boolean waiting(List<Run> runs) {
        return runs.stream()
                .anyMatch(
                        run ->
                                run.standing() instanceof Standing.Claimed claimed
                                        && claimed.waiting());
    }
}
