package dev.keyturn.home.projection;

import dev.keyturn.home.status.ChallengeStatus;
import dev.keyturn.home.status.RunEnd;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.home.status.ShownRun;
import dev.keyturn.home.view.Rows;
import dev.keyturn.service.db.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs as the projection keeps them: the fold, and what is told of it at the time of writing. */
public final class Runs {

    private Runs() {}

    /** The folds of these runs; those that are not known are left out. */
    public static Map<UUID, RunStatus> load(Tx tx, Collection<UUID> ids) {
        Map<UUID, RunStatus> runs = new HashMap<>();
        tx.query("select id, fold from run where id = any($1)", (Object) ids.toArray(UUID[]::new))
                .forEach(r -> runs.put(r.getUUID("id"), Rows.json(r, "fold", RunStatus.class)));
        return runs;
    }

    /**
     * Writes a run as it is told at {@code now}, and frees its account once it has ended.
     *
     * @param connector for a run whose connector the log does not say
     * @param partition where its facts stand; null while none was read
     */
    public static void save(
            Tx tx, RunStatus run, String connector, @Nullable Integer partition, Instant now) {
        ShownRun shown = run.shownAt(now);
        @Nullable RunEnd end = shown.end();
        tx.update(
                """
                insert into run (id, account_id, user_id, connector, trigger, state, since, queued_at,
                    started_at, ended_at, reason, words, until_at, correlation_id, documents,
                    challenge_id, fold, changes_at, partition, version)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                    $18, $19, nextval('view_version'))
                on conflict (id) do update set connector = excluded.connector,
                    trigger = excluded.trigger, state = excluded.state, since = excluded.since,
                    queued_at = excluded.queued_at, started_at = excluded.started_at,
                    ended_at = excluded.ended_at, reason = excluded.reason, words = excluded.words,
                    until_at = excluded.until_at, correlation_id = excluded.correlation_id,
                    documents = excluded.documents, challenge_id = excluded.challenge_id,
                    fold = excluded.fold, changes_at = excluded.changes_at,
                    partition = coalesce(excluded.partition, run.partition),
                    version = excluded.version\
                """,
                run.runId(),
                run.accountId(),
                run.ownerId(),
                run.connector() == null ? connector : run.connector(),
                run.trigger().text(),
                shown.state(),
                shown.since(),
                run.queuedAt(),
                run.startedAt(),
                end == null ? null : end.at(),
                end == null || end.reason() == null ? null : end.reason().text(),
                end == null ? null : end.words(),
                end == null ? null : end.until(),
                end == null ? null : end.correlationId(),
                run.documents(),
                run.lastAsked().map(ChallengeStatus::challengeId).orElse(null),
                Rows.text(run),
                shown.changesAt(),
                partition);
        if (shown.state().ended()) {
            free(tx, run);
        } else {
            take(tx, run);
        }
    }

    /** Makes it the account's latest run, unless a later one was asked for. */
    public static void makeLatest(Tx tx, RunStatus run) {
        tx.update(
                """
                update account a set run_id = $2 where a.id = $1 and a.run_id is distinct from $2
                    and not exists (select 1 from run r where r.id = a.run_id and r.queued_at > $3)\
                """,
                run.accountId(),
                run.runId(),
                run.queuedAt());
    }

    /** The run that the account has open. */
    public static Optional<UUID> openRun(Tx tx, UUID account) {
        return tx.first("select run_id from open_run where account_id = $1", account)
                .map(r -> r.getUUID("run_id"));
    }

    /** Frees the account only of this run: a later one may have taken its place. */
    private static void free(Tx tx, RunStatus run) {
        tx.update(
                "delete from open_run where account_id = $1 and run_id = $2",
                run.accountId(),
                run.runId());
    }

    /** A run that was given up and goes on after all takes its place again, if it is free. */
    private static void take(Tx tx, RunStatus run) {
        tx.update(
                """
                insert into open_run (account_id, run_id, user_id) values ($1, $2, $3)
                on conflict do nothing\
                """,
                run.accountId(),
                run.runId(),
                run.ownerId());
    }
}
