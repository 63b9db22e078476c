package dev.keyturn.twofa.db;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyturn.service.outbox.OutboxRow;
import dev.keyturn.wire.Json;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Messages for the outbox, written in a session's transaction and sent from there. */
final class OutboxRows {

    private OutboxRows() {}

    /**
     * Writes them in their order, in one statement: as entities, whose ids the database gives, each
     * would be a statement of its own.
     */
    static Uni<Void> insert(Mutiny.Session session, List<OutboxRow> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return session.createNativeQuery(INSERT)
                .setParameter("rows", json(rows))
                .executeUpdate()
                .replaceWithVoid();
    }

    private static String json(List<OutboxRow> rows) {
        ArrayNode all = Json.mapper().createArrayNode();
        for (OutboxRow row : rows) {
            ObjectNode one = all.addObject();
            one.put("n", all.size());
            one.put("order_key", row.orderKey().toString());
            one.put("topic", row.topic());
            one.put("record_key", row.recordKey());
            one.put("partition", row.partition());
            one.put("headers", row.headers());
            one.put("value", row.value()); // in base64
            one.put("created_at", row.createdAt().toString());
        }
        return all.toString();
    }

    private static final String INSERT =
            """
            insert into outbox (order_key, topic, record_key, partition, headers, value, created_at)
            select order_key, topic, record_key, partition, headers, decode(value, 'base64'), created_at
            from jsonb_to_recordset(cast(cast(:rows as text) as jsonb)) as r(n int, order_key uuid, topic text,
                record_key text, partition int, headers text, value text, created_at timestamptz)
            order by n\
            """;
}
