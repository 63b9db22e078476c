package dev.keyturn.home.projection;

import dev.keyturn.events.DocumentSaved;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.home.status.Folded;
import dev.keyturn.home.status.Folded.Effect;
import dev.keyturn.home.status.RunState;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.reading.Received;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The run facts of one batch, applied one after the other and written at the end. */
final class RunBatch {

    private static final Logger LOG = Logger.getLogger(RunBatch.class);

    private final Tx tx;
    private final Prompts prompts;
    private final MeterRegistry metrics;
    private final Map<UUID, AccountRow> accounts;
    private final Map<UUID, RunStatus> before;
    private final Map<UUID, RunStatus> after = new LinkedHashMap<>();
    private final Map<UUID, Integer> partitions = new HashMap<>();
    private final Set<UUID> applied;
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
        this.applied = TimelineRows.known(tx, facts.stream().map(RunFact::eventId).toList());
    }

    void on(RunFact fact, Received where) {
        @Nullable AccountRow account = accounts.get(fact.accountId());
        if (account == null || !account.takesFacts() || !account.user().equals(fact.ownerId())) {
            metrics.counter("keyturn.home.facts.foreign", "type", fact.typeName()).increment();
            return;
        }
        RunStatus run = current(fact);
        if (!run.accountId().equals(fact.accountId())) {
            metrics.counter("keyturn.home.facts.foreign", "type", fact.typeName()).increment();
            return;
        }
        // A fact once applied is not applied again.
        if (!applied.add(fact.eventId())) {
            return;
        }
        changed.add(fact.accountId());
        partitions.put(run.runId(), where.partition());
        boolean isGenuine = !(fact instanceof TwoFaRequested asked) || prompts.isGenuine(asked);
        Folded folded = isGenuine ? run.on(fact) : new Folded(run, Effect.OLDER_EPOCH);
        after.put(run.runId(), folded.status());
        timeline.add(fact, where.offset(), folded.effect() != Effect.APPLIED);
        if (!isGenuine) {
            pause(fact.accountId());
            return;
        }
        alarm(fact, folded.effect());
        if (fact instanceof DocumentSaved document && folded.effect() != Effect.OLDER_EPOCH) {
            save(document);
        }
    }

    /** Writes what has changed; says of which accounts. */
    Set<UUID> save(Instant now) {
        after.forEach((id, run) -> save(id, run, now));
        timeline.save(tx);
        return changed;
    }

    private void save(UUID id, RunStatus run, Instant now) {
        AccountRow account = Objects.requireNonNull(accounts.get(run.accountId()));
        Runs.save(tx, run, account.connector(), partitions.get(id), now);
        Runs.makeLatest(tx, run);
        prompts.save(tx, before.get(id), run);
        if (run.shownAt(now).state() == RunState.DONE) {
            unpause(run.accountId());
        }
    }

    private RunStatus current(RunFact fact) {
        UUID id = runId(fact);
        @Nullable RunStatus run = after.getOrDefault(id, before.get(id));
        return run == null ? RunStatus.before(id, fact) : run;
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

    private void unpause(UUID account) {
        tx.update(
                "update account set paused_why = null where id = $1 and paused_why = $2",
                account,
                Pause.UNSIGNED_CHALLENGE);
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
