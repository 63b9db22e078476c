package dev.keyturn.home.catalog;

import dev.keyturn.catalog.ConnectorOffered;
import dev.keyturn.home.projection.Changes;
import dev.keyturn.home.view.Rows;
import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.reading.Reader;
import dev.keyturn.service.reading.Received;
import dev.keyturn.wire.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What can be signed in to: the last offer of each connector. */
@ApplicationScoped
public class Catalog {

    private final Reader reader;

    Catalog(Reader reader) {
        this.reader = reader;
    }

    @Incoming("catalog-in")
    Uni<Void> onOffers(ConsumerRecords<String, byte[]> batch) {
        return reader.read(Topics.CATALOG, batch, Catalog::apply);
    }

    /** All connectors, by name. */
    public static List<ConnectorOffered> all(Statements db) {
        return db.list("select offered from connector").stream()
                .map(row -> Rows.json(row, "offered", ConnectorOffered.class))
                .sorted(Comparator.comparing(ConnectorOffered::name))
                .toList();
    }

    /** One connector. */
    public static Optional<ConnectorOffered> find(Tx tx, String slug) {
        return tx.first("select offered from connector where slug = $1", slug)
                .map(row -> Rows.json(row, "offered", ConnectorOffered.class));
    }

    private static void apply(Tx tx, List<Received> batch) {
        for (Received received : batch) {
            if (received.message() instanceof ConnectorOffered offer) {
                tx.update(
                        """
                        insert into connector (slug, offered) values ($1, $2)
                        on conflict (slug) do update set offered = excluded.offered\
                        """,
                        offer.slug(),
                        Rows.text(offer));
            }
        }
        Changes.tellCatalog(tx);
    }
}
