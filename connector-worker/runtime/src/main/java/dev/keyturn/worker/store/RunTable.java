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
import java.util.Collection;
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

    /** A run as one of its holders has it. */
    public record At(UUID runId, long epoch) {}

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
     * Which of these runs are still claimed at their epochs; their rows are locked, so that this
     * holds until the transaction ends.
     */
    public Set<At> fence(Tx tx, Collection<At> runs) {
        return tx
                .list(
                        """
                        select run_id, epoch from run
                        join unnest($1::uuid[], $2::bigint[]) as mine (id, at) on run_id = id and epoch = at
                        where
                        """
                                + CLAIMED
                                + " for no key update of run",
                        runs.stream().map(At::runId).toArray(UUID[]::new),
                        runs.stream().map(At::epoch).toArray(Long[]::new))
                .stream()
                .map(row -> new At(row.getUUID("run_id"), row.getLong("epoch")))
                .collect(Collectors.toSet());
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

    static List<Run> runs(List<Row> rows) {
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
