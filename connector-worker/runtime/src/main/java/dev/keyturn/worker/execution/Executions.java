package dev.keyturn.worker.execution;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.service.threads.Threads;
import dev.keyturn.values.Reason;
import dev.keyturn.worker.claim.Claim;
import dev.keyturn.worker.claim.Slots;
import dev.keyturn.worker.claim.Wakeups;
import dev.keyturn.worker.run.Ending;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.RunRules;
import dev.keyturn.worker.run.Standing;
import dev.keyturn.worker.store.Messages;
import dev.keyturn.worker.store.RunTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The runs at work in this process, compared with what the database says of them. */
@ApplicationScoped
public class Executions {

    private static final Logger LOG = Logger.getLogger(Executions.class);
    private static final Duration ORPHANED = Duration.ofSeconds(5);
    private static final Duration FORMER_LIMIT = Duration.ofSeconds(5);
    private static final Duration SENT_LIMIT = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Runner runner;
    private final Database database;
    private final Outbox outbox;
    private final RunTable runs;
    private final Endings endings;
    private final Messages messages;
    private final Slots slots;
    private final Wakeups wakeups;
    private final Threads threads;
    private final Clock clock;
    private final ConcurrentMap<UUID, Execution> byRun = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> withoutThread = new ConcurrentHashMap<>();

    Executions(
            Runner runner,
            Database database,
            Outbox outbox,
            RunTable runs,
            Endings endings,
            Messages messages,
            Slots slots,
            Wakeups wakeups,
            Threads threads,
            Clock clock) {
        this.runner = runner;
        this.database = database;
        this.outbox = outbox;
        this.runs = runs;
        this.endings = endings;
        this.messages = messages;
        this.slots = slots;
        this.wakeups = wakeups;
        this.threads = threads;
        this.clock = clock;
    }

    /** Begins to work on a claim, which has a slot. */
    public void start(Claim claim) {
        Execution execution = new Execution(claim);
        @Nullable Execution former = byRun.put(claim.runId(), execution);
        threads.start(
                "run-" + claim.runId(),
                () -> {
                    end(former);
                    run(execution);
                });
    }

    /** The same run at an earlier epoch, in this process: its connector must not work beside. */
    private void end(@Nullable Execution former) {
        if (former != null) {
            former.stop("the run was claimed again");
            former.awaitEnd(threads, FORMER_LIMIT);
        }
    }

    private void run(Execution execution) {
        try {
            runner.run(execution);
        } catch (RuntimeException | Error e) {
            LOG.errorf(
                    "A run could not be ended, its lease will: runId=%s%n%s",
                    execution.claim().runId(), Failures.withoutMessages(e));
        } finally {
            execution.ended();
            byRun.remove(execution.claim().runId(), execution);
            slots.free();
            wakeups.ringAll();
        }
    }

    /** Does what the database says: ends what is cancelled, stops what is over or another's. */
    public void reconcile(UUID instanceId) {
        endCancelled(instanceId);
        Map<UUID, Execution> here = Map.copyOf(byRun);
        Set<UUID> held = database.autocommit(db -> runs.heldIds(db, instanceId));
        here.forEach(
                (id, execution) -> {
                    if (!held.contains(id)) {
                        execution.stop("another has the run, or it is over");
                    }
                });
        withoutThread.keySet().retainAll(held);
        for (UUID id : held) {
            if (!here.containsKey(id) && !byRun.containsKey(id)) {
                orphaned(instanceId, id);
            }
        }
    }

    /** Ends what is cancelled: it is asked for at each notice, so it costs one short look. */
    public void endCancelled(UUID instanceId) {
        for (Run run : database.autocommit(db -> runs.cancelledOf(db, instanceId))) {
            end(run, Reason.CANCELLED);
            @Nullable Execution execution = byRun.get(run.id());
            if (execution != null) {
                execution.stop("the run was cancelled");
            }
        }
    }

    // A claim whose commit nobody saw: the row says that it is ours, but nothing works on it.
    private void orphaned(UUID instanceId, UUID runId) {
        Instant now = clock.instant();
        Instant since = withoutThread.computeIfAbsent(runId, _ -> now);
        if (Duration.between(since, now).compareTo(ORPHANED) > 0) {
            LOG.warnf("A run is held here that nothing works on: runId=%s", runId);
            database.autocommit(db -> runs.find(db, runId))
                    .filter(
                            run ->
                                    run.standing() instanceof Standing.Claimed claimed
                                            && claimed.holder().equals(instanceId))
                    .ifPresent(this::giveBack);
        }
    }

    // To whoever has room for it; what must not be repeated ends instead.
    private void giveBack(Run run) {
        if (run.standing() instanceof Standing.Claimed claimed) {
            RunRules.onLoss(claimed, false)
                    .ifPresentOrElse(
                            reason -> end(run, reason),
                            () ->
                                    database.run(
                                            tx -> {
                                                if (runs.giveBack(tx, run)) {
                                                    tx.notify(Messages.CHANNEL, "");
                                                }
                                            }));
        }
    }

    private void end(Run run, Reason reason) {
        database.run(
                tx -> {
                    outbox.lock(tx, run.accountId());
                    boolean _ = endings.end(tx, run, run.standing().epoch(), Ending.failed(reason));
                });
    }

    /** Others have ended the lease: none of the runs is ours any more. */
    public void drop() {
        byRun.values().forEach(e -> e.stop("the lease is over"));
    }

    /**
     * Lets steps finish for so long. Each run is given back as soon as nothing works on it any
     * more; so is what is left then.
     */
    public void stop(UUID instanceId, Duration within) throws InterruptedException {
        List<Execution> atWork = List.copyOf(byRun.values());
        atWork.forEach(Execution::letGo);
        Instant end = clock.instant().plus(within);
        long before = Long.MAX_VALUE;
        Set<UUID> ended = new HashSet<>();
        while (before > 0 && clock.instant().isBefore(end)) {
            long left = atWork.stream().filter(e -> !e.hasEnded()).count();
            if (left < before) {
                before = left;
                giveBackAbandoned(instanceId, ended);
            }
            threads.sleep(LOOK);
        }
        atWork.forEach(e -> e.stop("the worker has stopped"));
        byRun.values().removeAll(atWork);
        giveBackAbandoned(instanceId, ended);
        awaitSent(ended);
    }

    private void giveBackAbandoned(UUID instanceId, Set<UUID> accounts) {
        database.tx(tx -> runs.heldBy(tx, instanceId)).stream()
                .filter(run -> !byRun.containsKey(run.id()))
                .forEach(
                        run -> {
                            giveBack(run);
                            accounts.add(run.accountId());
                        });
    }

    // What is not sent before the process ends, another worker sends some seconds later.
    private void awaitSent(Set<UUID> accounts) throws InterruptedException {
        Instant end = clock.instant().plus(SENT_LIMIT);
        while (!database.tx(tx -> messages.areSent(tx, accounts))
                && clock.instant().isBefore(end)) {
            threads.sleep(LOOK);
        }
    }
}
