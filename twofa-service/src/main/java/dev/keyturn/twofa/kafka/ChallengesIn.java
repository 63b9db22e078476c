package dev.keyturn.twofa.kafka;

import dev.keyturn.service.reading.Decoding;
import dev.keyturn.service.reading.InHand;
import dev.keyturn.service.reading.Persistence;
import dev.keyturn.service.reading.Received;
import dev.keyturn.twofa.db.Decided;
import dev.keyturn.twofa.db.Decisions;
import dev.keyturn.wire.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads commands about challenges, batch after batch. */
@ApplicationScoped
public class ChallengesIn {

    private static final String TOPIC = Topics.CHALLENGES.name();

    private final Decoding decoding;
    private final Persistence persistence;
    private final Decisions decisions;
    private final DecisionMetrics metrics;
    private final InHand inHand;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

    ChallengesIn(
            Decoding decoding,
            Persistence persistence,
            Decisions decisions,
            DecisionMetrics metrics,
            InHand inHand) {
        this.decoding = decoding;
        this.persistence = persistence;
        this.decisions = decisions;
        this.metrics = metrics;
        this.inHand = inHand;
    }

    /**
     * Is acknowledged when the batch is decided, however long that takes. As a {@code Uni}, so that
     * the next batch is not handed over before: {@code @RunOnVirtualThread} would not wait.
     */
    @Incoming("challenges-in")
    public Uni<Void> read(ConsumerRecords<String, byte[]> batch) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        batch.forEach(records::add);
        return Uni.createFrom()
                .voidItem()
                .emitOn(threads)
                .invoke(() -> inHand.apply(() -> metrics.count(decide(records))));
    }

    private List<Decided> decide(List<ConsumerRecord<String, byte[]>> records) {
        List<Received> messages =
                persistence.insist(TOPIC, () -> decoding.decode(Topics.CHALLENGES, records));
        return persistence.insist(TOPIC, () -> decisions.apply(messages, ends(records)));
    }

    private static SortedMap<Integer, Long> ends(List<ConsumerRecord<String, byte[]>> records) {
        SortedMap<Integer, Long> ends = new TreeMap<>();
        records.forEach(r -> ends.merge(r.partition(), r.offset() + 1, Math::max));
        return ends;
    }
}
