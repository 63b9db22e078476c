package dev.keyturn.worker.store;

import dev.keyturn.commands.RequestRun;
import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import dev.keyturn.values.Trigger;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.Standing;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table {@code run}. Whatever a holder writes names its epoch. */
@ApplicationScoped
public class RunTable {

    /** A run that a claim may take. */
    public record Candidate(UUID runId, UUID accountId) {}

    /**
     * What a claim may find.
     *
     * @param waiting runs to adopt that wait for a person
     * @param working runs that are queued, or to adopt and go on with
     */
    public record Offer(boolean waiting, boolean working) {}

    private static final String CLAIMED = "state in ('WORKING', 'WAITING')";
    private static final String HOLDER_IS_GONE =
            """
            state in ('WORKING', 'WAITING') and not exists (
                select 1 from instance i where i.instance_id = run.holder and i.state = 'LIVE')
            """;

    /** A run that was asked for; nothing happens if it is there already. */
    public boolean queue(Tx tx, RequestRun asked, @Nullable String traceparent, Instant now) {
        return tx.update(
                        """
                        insert into run (run_id, account_id, owner_id, connector, trigger, fresh, not_after,
                                         longest_ms, traceparent, queued_at, state)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'QUEUED')
                        on conflict do nothing
                        """,
                        asked.runId(),
                        asked.accountId(),
                        asked.ownerId(),
                        asked.connector(),
                        asked.trigger().text(),
                        asked.fresh(),
                        asked.notAfter(),
                        asked.longest().toMillis(),
                        traceparent,
                        now)
                == 1;
    }

    /**
     * Whether there may be something to claim: one short look, since it is asked after each notice
     * and hardly ever true.
     */
    public Offer offer(Statements db) {
        Row row =
                db.first(
                                """
                                select exists (select 1 from run where state = 'ADOPTABLE' and was_waiting)
                                           as waiting,
                                       exists (select 1 from run where state = 'QUEUED')
                                       or exists (select 1 from run where state = 'ADOPTABLE' and not was_waiting)
                                           as working
                                """)
                        .orElseThrow();
        return new Offer(row.getBoolean("waiting"), row.getBoolean("working"));
    }

    /**
     * The next run to claim that is to work, its row locked: first what can be adopted, then what
     * is queued, of the user whose last claim is longest ago, in the order of asking.
     *
     * @param connectors that this worker has
     * @param tried runs not to look at again
     */
    public Optional<Candidate> next(Tx tx, Set<String> connectors, Set<UUID> tried, Instant now) {
        return adoptable(tx, false, connectors, tried, now)
                .or(() -> queued(tx, connectors, tried, now));
    }

    /** The next run to adopt that waits for a person, its row locked: it needs no slot. */
    public Optional<Candidate> nextWaiting(
            Tx tx, Set<String> connectors, Set<UUID> tried, Instant now) {
        return adoptable(tx, true, connectors, tried, now);
    }

    private static Optional<Candidate> adoptable(
            Tx tx, boolean waiting, Set<String> connectors, Set<UUID> tried, Instant now) {
        return tx.first(
                        """
                        select r.run_id, r.account_id from run r
                        join account a on a.account_id = r.account_id
                        where r.state = 'ADOPTABLE' and r.was_waiting = $1 and r.ends_at > $4
                          and r.connector = any($2) and not r.run_id = any($3)
                          and a.credentials is not null
                        order by r.queued_at
                        limit 1
                        for update of r skip locked
                        """,
                        waiting,
                        connectors.toArray(String[]::new),
                        tried.toArray(UUID[]::new),
                        now)
                .map(RunTable::candidate);
    }

    // Users are looked at before runs: a queue is long because few of them have many. The loop over
    // them keeps their order and ends at the first who has one; sorted afterwards, it would lock a
    // run of each.
    private static Optional<Candidate> queued(
            Tx tx, Set<String> connectors, Set<UUID> tried, Instant now) {
        return tx.first(
                        """
                        with recursive owner as (
                            (select owner_id from run where state = 'QUEUED' order by owner_id limit 1)
                            union all
                            select (select r.owner_id from run r where r.state = 'QUEUED'
                                    and r.owner_id > o.owner_id order by r.owner_id limit 1)
                            from owner o where o.owner_id is not null),
                        turn as (
                            select o.owner_id from owner o where o.owner_id is not null
                            order by (select max(r.started_at) from run r where r.owner_id = o.owner_id)
                                         nulls first,
                                     (select min(r.queued_at) from run r where r.owner_id = o.owner_id
                                         and r.state = 'QUEUED'))
                        select next.run_id, next.account_id from turn cross join lateral (
                            select r.run_id, r.account_id from run r
                            join account a on a.account_id = r.account_id
                            where r.state = 'QUEUED' and r.owner_id = turn.owner_id
                              and r.not_after > $1 and not r.cancel_asked
                              and r.connector = any($2) and not r.run_id = any($3)
                              and a.state = 'ACTIVE' and a.credentials is not null
                              and a.connector = r.connector
                              and not exists (select 1 from run o where o.account_id = r.account_id
                                              and o.state in ('WORKING', 'WAITING', 'ADOPTABLE'))
                              -- not behind one whose row or account is only locked at this moment
                              and not exists (select 1 from run o where o.account_id = r.account_id
                                              and o.state = 'QUEUED' and o.not_after > $1
                                              and not o.cancel_asked and o.connector = r.connector
                                              and (o.queued_at, o.run_id) < (r.queued_at, r.run_id))
                            order by r.queued_at
                            limit 1
                            for update of r skip locked) next
                        limit 1
                        """,
                        now,
                        connectors.toArray(String[]::new),
                        tried.toArray(UUID[]::new))
                .map(RunTable::candidate);
    }

    private static Candidate candidate(Row row) {
        return new Candidate(row.getUUID("run_id"), row.getUUID("account_id"));
    }

    /** Takes a run; empty if it cannot be taken any more. The account's lock is held. */
    public Optional<Run> claim(Tx tx, UUID runId, UUID holder, Instant now) {
        return tx.first(
                        """
                        update run set
                            state = case when state = 'ADOPTABLE' and was_waiting then 'WAITING' else 'WORKING' end,
                            epoch = epoch + 1, holder = $2,
                            started_at = coalesce(started_at, $3::timestamptz),
                            ends_at = coalesce(ends_at, $3::timestamptz + longest_ms * interval '1 millisecond')
                        where run_id = $1 and state in ('QUEUED', 'ADOPTABLE') and not cancel_asked
                          and not exists (select 1 from run o where o.account_id = run.account_id
                                          and o.run_id <> run.run_id
                                          and o.state in ('WORKING', 'WAITING', 'ADOPTABLE'))
                        returning *
                        """,
                        runId,
                        holder,
                        now)
                .map(RunTable::run);
    }

    /**
     * Whether the run is still claimed at this epoch; its row is locked, so that this holds until
     * the transaction ends.
     */
    public boolean fence(Tx tx, UUID runId, long epoch) {
        return tx.first(
                        "select 1 from run where run_id = $1 and epoch = $2 and "
                                + CLAIMED
                                + " for no key update",
                        runId,
                        epoch)
                .isPresent();
    }

    /** Whether it ended at this epoch. */
    public boolean endedAt(Tx tx, UUID runId, long epoch) {
        return tx.first(
                        "select 1 from run where run_id = $1 and epoch = $2 and state = 'ENDED'",
                        runId,
                        epoch)
                .isPresent();
    }

    /** Ends it, if it is still where it was. */
    public boolean end(Tx tx, Run run, long epoch, String reason, Instant now) {
        return tx.update(
                        """
                        update run set state = 'ENDED', epoch = $3, ended_at = $4, reason = $5
                        where run_id = $1 and epoch = $2 and state <> 'ENDED'
                        """,
                        run.id(),
                        run.standing().epoch(),
                        epoch,
                        now,
                        reason)
                == 1;
    }

    /** It waits for a person, or works again. */
    public void waiting(Tx tx, UUID runId, long epoch, boolean waits) {
        tx.update(
                "update run set state = $3 where run_id = $1 and epoch = $2 and " + CLAIMED,
                runId,
                epoch,
                waits ? "WAITING" : "WORKING");
    }

    /** Whether this is the first time that it says so. */
    public boolean disableAutoSuccess(Tx tx, UUID runId, long epoch) {
        return tx.update(
                        """
                        update run set auto_success_disabled = true
                        where run_id = $1 and epoch = $2 and not auto_success_disabled
                        """,
                        runId,
                        epoch)
                == 1;
    }

    /** Whether this is the first time that it says so. */
    public boolean succeedLogin(Tx tx, UUID runId, long epoch) {
        return tx.update(
                        """
                        update run set login_succeeded = true
                        where run_id = $1 and epoch = $2 and not login_succeeded
                        """,
                        runId,
                        epoch)
                == 1;
    }

    /** That a request is sent outside a step which may change something at the site. */
    public void unsafeRequest(Tx tx, UUID runId, long epoch) {
        tx.update(
                "update run set unsafe_request = true where run_id = $1 and epoch = $2 and not"
                        + " unsafe_request",
                runId,
                epoch);
    }

    /** That a step was finished: what happened before it counts no more. */
    public void progressed(Tx tx, UUID runId, long epoch) {
        tx.update(
                """
                update run set unsafe_request = false, losses = 0
                where run_id = $1 and epoch = $2 and (unsafe_request or losses > 0)
                """,
                runId,
                epoch);
    }

    /** Its holder lets another go on with it, if it is still where it was. */
    public boolean giveBack(Tx tx, Run run) {
        return tx.update(
                        """
                        update run set was_waiting = (state = 'WAITING'), state = 'ADOPTABLE', holder = null
                        where run_id = $1 and epoch = $2 and not cancel_asked and
                        """
                                + CLAIMED,
                        run.id(),
                        run.standing().epoch())
                == 1;
    }

    /**
     * Lets others go on with the runs whose holder is gone, but those that end with it (cancelled,
     * unsafe, lost too often). Without an account's lock, since it tells nobody anything.
     *
     * @return how many
     */
    public int orphansToAdoptable(Tx tx, int mostLosses, int limit) {
        return tx.update(
                """
                update run set was_waiting = (state = 'WAITING'), state = 'ADOPTABLE', holder = null,
                    losses = losses + case when state = 'WAITING' then 0 else 1 end
                where run_id in (
                    select run_id from run where not cancel_asked and not unsafe_request
                        and (state = 'WAITING' or losses + 1 < $1) and
                """
                        + HOLDER_IS_GONE
                        + " limit $2 for update skip locked)",
                mostLosses,
                limit);
    }

    /** How many codes the worker refused in this run, the one at hand too. */
    public int countRefusal(Tx tx, UUID runId, long epoch) {
        return tx.first(
                        """
                        update run set worker_refusals = worker_refusals + 1
                        where run_id = $1 and epoch = $2 returning worker_refusals
                        """,
                        runId,
                        epoch)
                .orElseThrow()
                .getInteger("worker_refusals");
    }

    /** That the holder is to end it. */
    public void askCancel(Tx tx, UUID runId) {
        tx.update("update run set cancel_asked = true where run_id = $1", runId);
    }

    public Optional<Run> find(Statements db, UUID runId) {
        return db.first("select * from run where run_id = $1", runId).map(RunTable::run);
    }

    /** The runs of an account that are not over. */
    public List<Run> open(Tx tx, UUID accountId) {
        return runs(
                tx.list(
                        "select * from run where account_id = $1 and state <> 'ENDED' order by"
                                + " queued_at",
                        accountId));
    }

    /** The runs that an instance holds. */
    public List<Run> heldBy(Tx tx, UUID holder) {
        return runs(tx.list("select * from run where holder = $1 and " + CLAIMED, holder));
    }

    /** The ids of the runs that an instance holds: there may be ten thousand of them. */
    public Set<UUID> heldIds(Statements db, UUID holder) {
        return db.list("select run_id from run where holder = $1 and " + CLAIMED, holder).stream()
                .map(row -> row.getUUID("run_id"))
                .collect(Collectors.toSet());
    }

    /** The runs that an instance holds and is to end. */
    public List<Run> cancelledOf(Statements db, UUID holder) {
        return runs(
                db.list(
                        "select * from run where holder = $1 and cancel_asked and " + CLAIMED,
                        holder));
    }

    /** Runs whose time is over, or whose holder is no more. Not locked: look again. */
    public List<Run> overdue(Statements db, Instant now, int limit) {
        return runs(
                db.list(
                        """
                        (select * from run where state = 'QUEUED' and not_after <= $1 limit $2)
                        union all
                        (select * from run where state in ('WORKING', 'WAITING', 'ADOPTABLE') and ends_at <= $1 limit $2)
                        union all
                        (select * from run where
                        """
                                + HOLDER_IS_GONE
                                + " limit $2)",
                        now,
                        limit));
    }

    /** Whether the holder of a run that is claimed is no more. */
    public boolean isHolderGone(Tx tx, Run run) {
        return run.standing() instanceof Standing.Claimed claimed
                && tx.first(
                                "select 1 from instance where instance_id = $1 and state = 'LIVE'",
                                claimed.holder())
                        .isEmpty();
    }

    /** Deletes runs that ended before an instant, with their journals. */
    public int clean(Tx tx, Instant before) {
        return tx.update("delete from run where state = 'ENDED' and ended_at < $1", before);
    }

    /** Deletes all runs of an account. */
    public void deleteAll(Tx tx, UUID accountId) {
        tx.update("delete from run where account_id = $1", accountId);
    }

    private static List<Run> runs(List<Row> rows) {
        return rows.stream().map(RunTable::run).toList();
    }

    private static Run run(Row row) {
        return new Run(
                row.getUUID("run_id"),
                row.getUUID("account_id"),
                row.getUUID("owner_id"),
                row.getString("connector"),
                new Trigger(row.getString("trigger")),
                row.getBoolean("fresh"),
                Rows.instant(row, "not_after"),
                Duration.ofMillis(row.getLong("longest_ms")),
                Rows.textOrNull(row, "traceparent"),
                standing(row));
    }

    private static Standing standing(Row row) {
        long epoch = row.getLong("epoch");
        return switch (row.getString("state")) {
            case "QUEUED" -> new Standing.Queued(epoch);
            case "ENDED" -> new Standing.Ended(epoch);
            case "WORKING", "WAITING" ->
                    new Standing.Claimed(
                            Objects.requireNonNull(Rows.uuidOrNull(row, "holder")),
                            epoch,
                            Rows.instant(row, "ends_at"),
                            row.getString("state").equals("WAITING"),
                            row.getBoolean("cancel_asked"),
                            row.getInteger("losses"),
                            row.getBoolean("unsafe_request"));
            case "ADOPTABLE" ->
                    new Standing.Adoptable(
                            epoch, Rows.instant(row, "ends_at"), row.getBoolean("was_waiting"));
            case String other -> throw new IllegalStateException("run.state=" + other);
        };
    }
}
