package dev.keyturn.home.projection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyturn.home.status.RunEnd;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.home.status.ShownRun;
import dev.keyturn.home.view.Rows;
import dev.keyturn.service.db.Tx;
import dev.keyturn.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     * A run that is to be written.
     *
     * @param connector for a run whose connector the log does not say
     * @param partition where its facts stand; null while none was read
     */
    public record Written(RunStatus run, String connector, @Nullable Integer partition) {}

    /**
     * Writes runs as they are told at {@code now}, all in one statement each; an account whose run
     * has ended is freed.
     */
    public static void save(Tx tx, List<Written> runs, Instant now) {
        ArrayNode all = Json.mapper().createArrayNode();
        List<RunStatus> ended = new ArrayList<>();
        List<RunStatus> open = new ArrayList<>();
        for (Written written : runs) {
            ShownRun shown = written.run().shownAt(now);
            describe(all.addObject(), written, shown);
            (shown.state().ended() ? ended : open).add(written.run());
        }
        tx.update(SAVE, all.toString());
        free(tx, ended);
        take(tx, open);
    }

    private static void describe(ObjectNode row, Written written, ShownRun shown) {
        RunStatus run = written.run();
        row.put("id", run.runId().toString());
        row.put("account_id", run.accountId().toString());
        row.put("user_id", run.ownerId().toString());
        row.put("connector", Objects.requireNonNullElse(run.connector(), written.connector()));
        row.put("trigger", run.trigger().text());
        row.put("state", shown.state().name());
        row.put("since", shown.since().toString());
        row.put("queued_at", run.queuedAt().toString());
        row.put("started_at", text(run.startedAt()));
        row.put("documents", run.documents());
        row.put("challenge_id", run.lastAsked().map(c -> c.challengeId().toString()).orElse(null));
        row.put("fold", Rows.text(run));
        row.put("changes_at", text(shown.changesAt()));
        row.put("partition", written.partition());
        @Nullable RunEnd end = shown.end();
        if (end != null) {
            row.put("ended_at", end.at().toString());
            row.put("reason", end.reason() == null ? null : end.reason().text());
            row.put("words", end.words());
            row.put("until_at", text(end.until()));
            row.put("correlation_id", end.correlationId());
        }
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static final String SAVE =
            """
            insert into run (id, account_id, user_id, connector, trigger, state, since, queued_at,
                started_at, ended_at, reason, words, until_at, correlation_id, documents,
                challenge_id, fold, changes_at, partition, version)
            select id, account_id, user_id, connector, trigger, state, since, queued_at,
                started_at, ended_at, reason, words, until_at, correlation_id, documents,
                challenge_id, fold, changes_at, partition, nextval('view_version')
            from json_to_recordset($1::text::json) as r(id uuid, account_id uuid, user_id uuid,
                connector text, trigger text, state text, since timestamptz, queued_at timestamptz,
                started_at timestamptz, ended_at timestamptz, reason text, words text,
                until_at timestamptz, correlation_id text, documents int, challenge_id uuid,
                fold text, changes_at timestamptz, partition int)
            on conflict (id) do update set connector = excluded.connector,
                trigger = excluded.trigger, state = excluded.state, since = excluded.since,
                queued_at = excluded.queued_at, started_at = excluded.started_at,
                ended_at = excluded.ended_at, reason = excluded.reason, words = excluded.words,
                until_at = excluded.until_at, correlation_id = excluded.correlation_id,
                documents = excluded.documents, challenge_id = excluded.challenge_id,
                fold = excluded.fold, changes_at = excluded.changes_at,
                partition = coalesce(excluded.partition, run.partition),
                version = excluded.version\
            """;

    /**
     * Makes each its account's latest run, unless a later one was asked for: after they were all
     * written.
     */
    public static void makeLatest(Tx tx, Collection<RunStatus> runs) {
        tx.update(
                """
                update account a set run_id = n.id from
                    (select distinct on (account_id) id, account_id, queued_at from run
                    where id = any($1) order by account_id, queued_at desc) n
                where a.id = n.account_id and a.run_id is distinct from n.id
                    and not exists (select 1 from run r where r.id = a.run_id
                        and r.queued_at > n.queued_at)\
                """,
                (Object) runs.stream().map(RunStatus::runId).toArray(UUID[]::new));
    }

    /** The run that the account has open. */
    public static Optional<UUID> openRun(Tx tx, UUID account) {
        return tx.first("select run_id from open_run where account_id = $1", account)
                .map(r -> r.getUUID("run_id"));
    }

    /** Frees the accounts only of these runs: later ones may have taken their place. */
    private static void free(Tx tx, List<RunStatus> runs) {
        if (!runs.isEmpty()) {
            tx.update(
                    """
                    delete from open_run o using unnest($1::uuid[], $2::uuid[]) as r(account_id, run_id)
                    where o.account_id = r.account_id and o.run_id = r.run_id\
                    """,
                    runs.stream().map(RunStatus::accountId).toArray(UUID[]::new),
                    runs.stream().map(RunStatus::runId).toArray(UUID[]::new));
        }
    }

    /** A run that was given up and goes on after all takes its place again, if it is free. */
    private static void take(Tx tx, List<RunStatus> runs) {
        if (!runs.isEmpty()) {
            tx.update(
                    """
                    insert into open_run (account_id, run_id, user_id)
                    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[])
                    on conflict do nothing\
                    """,
                    runs.stream().map(RunStatus::accountId).toArray(UUID[]::new),
                    runs.stream().map(RunStatus::runId).toArray(UUID[]::new),
                    runs.stream().map(RunStatus::ownerId).toArray(UUID[]::new));
        }
    }
}
