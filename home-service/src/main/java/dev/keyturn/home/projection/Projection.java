package dev.keyturn.home.projection;

import dev.keyturn.events.AccountFact;
import dev.keyturn.events.RunFact;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.reading.Accounts;
import dev.keyturn.service.reading.Reader;
import dev.keyturn.service.reading.Received;
import dev.keyturn.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads the log into what is shown. Sends nothing: reading it again changes nothing. */
@ApplicationScoped
public class Projection {

    private final Reader reader;
    private final Prompts prompts;
    private final AccountFacts accountFacts;
    private final MeterRegistry metrics;
    private final Clock clock;

    Projection(
            Reader reader,
            Prompts prompts,
            AccountFacts accountFacts,
            MeterRegistry metrics,
            Clock clock) {
        this.reader = reader;
        this.prompts = prompts;
        this.accountFacts = accountFacts;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Incoming("events-in")
    Uni<Void> onEvents(ConsumerRecords<String, byte[]> batch) {
        return reader.read(Topics.EVENTS, batch, this::apply);
    }

    /**
     * Applies facts in their order. Facts about accounts and facts about runs touch different
     * things, but for an erasure, which comes after the run's end.
     */
    public void apply(Tx tx, List<Received> batch) {
        Set<UUID> changed = new HashSet<>();
        RunBatch runs = runBatch(tx, batch);
        for (Received received : batch) {
            if (received.message() instanceof RunFact fact && fact.runId() != null) {
                runs.on(fact, received);
            }
        }
        changed.addAll(runs.save(clock.instant()));
        for (Received received : batch) {
            if (received.message() instanceof AccountFact fact && accountFacts.on(tx, fact)) {
                changed.add(fact.accountId());
            }
        }
        Changes.tell(tx, changed);
    }

    private RunBatch runBatch(Tx tx, List<Received> batch) {
        List<RunFact> facts =
                batch.stream()
                        .map(Received::message)
                        .filter(RunFact.class::isInstance)
                        .map(RunFact.class::cast)
                        .filter(fact -> fact.runId() != null)
                        .toList();
        return new RunBatch(tx, prompts, metrics, AccountRow.load(tx, Accounts.of(batch)), facts);
    }
}
