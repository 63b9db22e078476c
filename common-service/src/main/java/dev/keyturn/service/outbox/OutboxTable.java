package dev.keyturn.service.outbox;

import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Table {@code outbox}, and the locks that make the order of its ids the order of commits. */
@ApplicationScoped
public class OutboxTable {

    /** A row with its id. */
    public record Stored(long id, OutboxRow row) {}

    /**
     * Takes locks until the transaction ends, in one statement: the next sees what others
     * committed.
     *
     * @param hashes in ascending order, so that nobody waits in a circle
     */
    public void lock(Tx tx, int service, List<Integer> hashes) {
        tx.query(
                "select count(l) from (select pg_advisory_xact_lock($1, h) as l from"
                        + " unnest($2::int[])"
                        + " with ordinality as t(h, n) order by n) as locks",
                service,
                hashes.toArray(Integer[]::new));
    }

    /** Takes it if nobody has it; else says so and takes nothing. */
    public boolean tryLock(Tx tx, int service, int hash) {
        return tx.query("select pg_try_advisory_xact_lock($1, $2) as taken", service, hash)
                .iterator()
                .next()
                .getBoolean("taken");
    }

    public void add(Tx tx, OutboxRow row) {
        tx.update(
                """
                insert into outbox (order_key, topic, record_key, partition, headers, value, created_at)
                values ($1, $2, $3, $4, $5, $6, $7)\
                """,
                row.orderKey(),
                row.topic(),
                row.recordKey(),
                row.partition(),
                row.headers(),
                row.value(),
                row.createdAt());
    }

    /**
     * The first rows of these keys, each key's in the order of their ids.
     *
     * @param limit how many of each key; there may be more if there are so many
     */
    public List<Stored> oldest(Statements db, List<UUID> keys, int limit) {
        return db
                .list(
                        """
                        select o.* from unnest($1::uuid[]) k cross join lateral
                            (select id, order_key, topic, record_key, partition, headers, value, created_at
                            from outbox where order_key = k order by id limit $2) o
                        order by o.id\
                        """,
                        keys.toArray(UUID[]::new),
                        limit)
                .stream()
                .map(OutboxTable::stored)
                .toList();
    }

    /** Deletes rows, but for those that another sender is deleting; says how many. */
    public int delete(Statements db, List<Long> ids) {
        return db.update(
                """
                delete from outbox where id in
                    (select id from outbox where id = any($1) for update skip locked)\
                """,
                (Object) ids.toArray(Long[]::new));
    }

    /** Keys that have a row from before an instant. */
    public List<UUID> keysBefore(Statements db, Instant before, int limit) {
        return db
                .list(
                        "select distinct order_key from outbox where created_at < $1 limit $2",
                        before,
                        limit)
                .stream()
                .map(row -> row.getUUID("order_key"))
                .toList();
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.getLong("id"),
                new OutboxRow(
                        row.getUUID("order_key"),
                        row.getString("topic"),
                        row.getString("record_key"),
                        row.getInteger("partition"),
                        row.getString("headers"),
                        row.getBuffer("value").getBytes(),
                        row.getOffsetDateTime("created_at")
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toInstant()));
    }
}
