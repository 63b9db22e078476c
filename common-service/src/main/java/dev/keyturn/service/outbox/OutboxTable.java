package dev.keyturn.service.outbox;

import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Table {@code outbox}, and the locks that make the order of its ids the order of commits. */
@ApplicationScoped
public class OutboxTable {

    private static final String INSERT = insert("$1");

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

    /** Takes those that nobody has, until the transaction ends, and says which. */
    public Set<Integer> tryLock(Tx tx, int service, Collection<Integer> hashes) {
        return tx
                .list(
                        "select h, pg_try_advisory_xact_lock($1, h) as taken from unnest($2::int[])"
                                + " as h",
                        service,
                        hashes.toArray(Integer[]::new))
                .stream()
                .filter(row -> row.getBoolean("taken"))
                .map(row -> row.getInteger("h"))
                .collect(Collectors.toSet());
    }

    /** Writes rows in their order. */
    public void add(Tx tx, List<OutboxRow> rows) {
        if (!rows.isEmpty()) {
            tx.update(INSERT, OutboxRow.json(rows));
        }
    }

    /**
     * The statement that writes rows, however many.
     *
     * @param json where {@link OutboxRow#json} stands, as the client writes a parameter
     */
    public static String insert(String json) {
        return """
        insert into outbox (order_key, topic, record_key, partition, headers, value, created_at)
        select order_key, topic, record_key, partition, headers, decode(value, 'base64'), created_at
        from jsonb_to_recordset(cast(cast(%s as text) as jsonb)) as r(n int, order_key uuid, topic text,
            record_key text, partition int, headers text, value text, created_at timestamptz)
        order by n\
        """
                .formatted(json);
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
