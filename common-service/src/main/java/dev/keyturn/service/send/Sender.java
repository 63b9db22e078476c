package dev.keyturn.service.send;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends records of any topic, each acknowledged by all replicas. */
@ApplicationScoped
public class Sender {

    /**
     * The producer gives up after 5 s by itself; this is only for one that cannot even be asked.
     */
    private static final Duration LIMIT = Duration.ofSeconds(12);

    private final MutinyEmitter<ProducerRecord<String, byte[]>> records;

    Sender(
            @Channel("records-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> records) {
        this.records = records;
    }

    /**
     * Sends and waits until the broker has it.
     *
     * @throws NotSent if it did not say so in time
     */
    public void send(ProducerRecord<String, byte[]> record) {
        sendAsync(record).await().atMost(LIMIT);
    }

    /** The same without waiting; fails with {@link NotSent}. */
    public Uni<Void> sendAsync(ProducerRecord<String, byte[]> record) {
        return records.send(record).onFailure().transform(e -> new NotSent(record.topic(), e));
    }
}
