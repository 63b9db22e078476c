package dev.keyturn.worker.store;

import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.run.Run;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Table {@code run} as the queue of what nobody holds. */
@ApplicationScoped
public class QueueTable {

    /** A run that a claim may take. */
    public record Candidate(UUID runId, UUID accountId) {}

    /**
     * What a claim may find.
     *
     * @param waiting runs to adopt that wait for a person
     * @param working runs that are queued, or to adopt and go on with
     */
    public record Offer(boolean waiting, boolean working) {}

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
        return adoptable(tx, false, connectors, tried, now, 1).stream()
                .findFirst()
                .or(() -> queued(tx, connectors, tried, now));
    }

    /** The next runs to adopt that wait for a person, their rows locked: they need no slot. */
    public List<Candidate> nextWaiting(Tx tx, Set<String> connectors, Instant now, int limit) {
        return adoptable(tx, true, connectors, Set.of(), now, limit);
    }

    private static List<Candidate> adoptable(
            Tx tx,
            boolean waiting,
            Set<String> connectors,
            Set<UUID> tried,
            Instant now,
            int limit) {
        return tx
                .list(
                        """
                        select r.run_id, r.account_id from run r
                        join account a on a.account_id = r.account_id
                        where r.state = 'ADOPTABLE' and r.was_waiting = $1 and r.ends_at > $4
                          and r.connector = any($2) and not r.run_id = any($3)
                          and a.credentials is not null
                        order by r.queued_at
                        limit $5
                        for update of r skip locked
                        """,
                        waiting,
                        connectors.toArray(String[]::new),
                        tried.toArray(UUID[]::new),
                        now,
                        limit)
                .stream()
                .map(QueueTable::candidate)
                .toList();
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
                .map(QueueTable::candidate);
    }

    private static Candidate candidate(Row row) {
        return new Candidate(row.getUUID("run_id"), row.getUUID("account_id"));
    }

    /** Takes runs; without those that cannot be taken any more. Their accounts' locks are held. */
    public List<Run> claim(Tx tx, Collection<UUID> runIds, UUID holder, Instant now) {
        return RunTable.runs(
                tx.list(
                        """
                        update run set
                            state = case when state = 'ADOPTABLE' and was_waiting then 'WAITING' else 'WORKING' end,
                            epoch = epoch + 1, holder = $2,
                            started_at = coalesce(started_at, $3::timestamptz),
                            ends_at = coalesce(ends_at, $3::timestamptz + longest_ms * interval '1 millisecond')
                        where run_id = any($1) and state in ('QUEUED', 'ADOPTABLE') and not cancel_asked
                          and not exists (select 1 from run o where o.account_id = run.account_id
                                          and o.run_id <> run.run_id
                                          and o.state in ('WORKING', 'WAITING', 'ADOPTABLE'))
                        returning *
                        """,
                        runIds.toArray(UUID[]::new),
                        holder,
                        now));
    }
}
