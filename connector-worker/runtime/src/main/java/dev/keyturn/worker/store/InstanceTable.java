package dev.keyturn.worker.store;

import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Table {@code instance}: which worker processes live. */
@ApplicationScoped
public class InstanceTable {

    /** Renews a lease: {@code $1} the instance, {@code $2} the period in milliseconds. */
    public static final String RENEW =
            """
            update instance set expires_at = clock_timestamp() + $2::bigint * interval '1 millisecond'
            where instance_id = $1 and state = 'LIVE'
            """;

    /** A new process; an earlier one of its name is no more. */
    public void start(Tx tx, UUID instanceId, String name, Duration lease) {
        tx.update("update instance set state = 'STOPPED' where name = $1 and state = 'LIVE'", name);
        tx.update(
                """
                insert into instance (instance_id, name, started_at, expires_at, state)
                values ($1, $2, clock_timestamp(), clock_timestamp() + $3::bigint * interval '1 millisecond', 'LIVE')
                """,
                instanceId,
                name,
                lease.toMillis());
    }

    /** The process ends and holds nothing any more. */
    public void stop(Tx tx, UUID instanceId) {
        tx.update("update instance set state = 'STOPPED' where instance_id = $1", instanceId);
    }

    /**
     * Marks those dead whose lease was over when the transaction began; each row is looked at again
     * under its lock. Not by the clock at that moment: an update that was held up would find every
     * lease over, the caller's own too.
     */
    public int markDead(Tx tx) {
        return tx.update(
                "update instance set state = 'DEAD' where state = 'LIVE' and expires_at < now()");
    }

    /** How long the lease that ends first still lasts; below zero if it is over. */
    public Optional<Duration> untilFirstEnd(Statements db) {
        return db.first(
                        """
                        select (extract(epoch from min(expires_at) - clock_timestamp()) * 1000)::bigint
                            as millis
                        from instance where state = 'LIVE'
                        """)
                .map(row -> row.getLong("millis"))
                .map(Duration::ofMillis);
    }

    /** Forgets those that ended long ago and hold nothing. */
    public int clean(Tx tx, Duration age) {
        return tx.update(
                """
                delete from instance i where state <> 'LIVE'
                  and expires_at < clock_timestamp() - $1::bigint * interval '1 millisecond'
                  and not exists (select 1 from run r where r.holder = i.instance_id
                                  and r.state in ('WORKING', 'WAITING'))
                """,
                age.toMillis());
    }
}
