package dev.keyturn.home.projection;

import dev.keyturn.events.DocumentSaved;
import dev.keyturn.events.RunFact;
import dev.keyturn.home.projection.Runs.Written;
import dev.keyturn.home.status.Folded.Effect;
import dev.keyturn.home.status.RunFolds;
import dev.keyturn.home.status.RunFolds.Taken;
import dev.keyturn.home.status.RunState;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.reading.Received;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The run facts of one batch, applied one after the other and written at the end. */
final class RunBatch {

    private static final Logger LOG = Logger.getLogger(RunBatch.class);

    private final Tx tx;
    private final Prompts prompts;
    private final MeterRegistry metrics;
    private final Map<UUID, AccountRow> accounts;
    private final Map<UUID, RunStatus> before;
    private final Map<UUID, Integer> partitions = new HashMap<>();
    private final RunFolds folds;
    private final Set<UUID> changed = new HashSet<>();
    private final TimelineRows timeline = new TimelineRows();

    RunBatch(
            Tx tx,
            Prompts prompts,
            MeterRegistry metrics,
            Map<UUID, AccountRow> accounts,
            List<RunFact> facts) {
        this.tx = tx;
        this.prompts = prompts;
        this.metrics = metrics;
        this.accounts = accounts;
        this.before = Runs.load(tx, facts.stream().map(RunBatch::runId).toList());
        this.folds =
                new RunFolds(
                        owners(accounts),
                        before,
                        TimelineRows.known(tx, facts.stream().map(RunFact::eventId).toList()));
    }

    private static Map<UUID, UUID> owners(Map<UUID, AccountRow> accounts) {
        return accounts.values().stream()
                .filter(AccountRow::takesFacts)
                .collect(Collectors.toMap(AccountRow::id, AccountRow::user));
    }

    void on(RunFact fact, Received where) {
        Taken taken = folds.on(fact, prompts::isGenuine);
        switch (taken) {
            case Taken.Foreign _ ->
                    metrics.counter("keyturn.home.facts.foreign", "type", fact.typeName())
                            .increment();
            case Taken.Again _ -> {}
            case Taken.Withheld _ -> {
                keep(fact, where, taken);
                pause(fact.accountId());
            }
            case Taken.Applied applied -> {
                keep(fact, where, taken);
                applied(fact, applied.folded().effect());
            }
        }
    }

    private void keep(RunFact fact, Received where, Taken taken) {
        changed.add(fact.accountId());
        partitions.put(runId(fact), where.partition());
        timeline.add(fact, where.offset(), RunFolds.isLate(taken));
    }

    private void applied(RunFact fact, Effect effect) {
        alarm(fact, effect);
        if (fact instanceof DocumentSaved document && effect != Effect.OLDER_EPOCH) {
            save(document);
        }
    }

    /** Writes what has changed; says of which accounts. */
    Set<UUID> save(Instant now) {
        Collection<RunStatus> runs = folds.touched().values();
        if (!runs.isEmpty()) {
            Runs.save(tx, runs.stream().map(this::written).toList(), now);
            Runs.makeLatest(tx, runs);
            prompts.save(tx, before, runs);
            unpause(runs.stream().filter(r -> r.shownAt(now).state() == RunState.DONE).toList());
            timeline.save(tx);
        }
        return changed;
    }

    private Written written(RunStatus run) {
        AccountRow account = Objects.requireNonNull(accounts.get(run.accountId()));
        return new Written(run, account.connector(), partitions.get(run.runId()));
    }

    private void alarm(RunFact fact, Effect effect) {
        switch (effect) {
            case APPLIED -> {}
            case AFTER_THE_END -> metrics.counter("keyturn.home.facts.late").increment();
            case OLDER_EPOCH -> {
                metrics.counter("keyturn.home.facts.older.epoch").increment();
                LOG.errorf(
                        "A worker that had lost a run wrote a fact of it: runId=%s type=%s"
                                + " eventId=%s",
                        runId(fact), fact.typeName(), fact.eventId());
            }
        }
    }

    private void pause(UUID account) {
        tx.update(
                "update account set paused_why = $2 where id = $1 and paused_why is null",
                account,
                Pause.UNSIGNED_CHALLENGE);
    }

    private void unpause(List<RunStatus> done) {
        if (!done.isEmpty()) {
            tx.update(
                    "update account set paused_why = null where id = any($1) and paused_why = $2",
                    done.stream().map(RunStatus::accountId).toArray(UUID[]::new),
                    Pause.UNSIGNED_CHALLENGE);
        }
    }

    private void save(DocumentSaved fact) {
        tx.update(
                """
                insert into document (id, account_id, user_id, run_id, name, media_type, size,
                    sha256, store_key, saved_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing\
                """,
                fact.documentId(),
                fact.accountId(),
                fact.ownerId(),
                fact.runId(),
                fact.name(),
                fact.mediaType(),
                fact.size(),
                fact.sha256(),
                fact.storeKey(),
                fact.at());
    }

    private static UUID runId(RunFact fact) {
        return Objects.requireNonNull(fact.runId());
    }
}
