package dev.keyturn.twofa.db;

import dev.keyturn.service.outbox.OutboxRow;
import dev.keyturn.service.outbox.OutboxTable;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Messages for the outbox, written in a session's transaction and sent from there. */
final class OutboxRows {

    private static final String INSERT = OutboxTable.insert(":rows");

    private OutboxRows() {}

    /**
     * Writes them in their order, in one statement: as entities, whose ids the database gives, each
     * would be a statement of its own.
     */
    static Uni<Void> insert(Mutiny.Session session, List<OutboxRow> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : session.createNativeQuery(INSERT)
                        .setParameter("rows", OutboxRow.json(rows))
                        .executeUpdate()
                        .replaceWithVoid();
    }
}
