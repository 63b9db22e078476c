package dev.keyturn.service.send;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends on the channel {@code records-out}. */
@ApplicationScoped
class ChannelSender implements Sender {

    /**
     * The producer gives up after 5 s by itself; this is only for one that cannot even be asked.
     */
    private static final Duration LIMIT = Duration.ofSeconds(12);

    private final MutinyEmitter<ProducerRecord<String, byte[]>> records;

    ChannelSender(
            @Channel("records-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> records) {
        this.records = records;
    }

    @Override
    public void send(ProducerRecord<String, byte[]> record) {
        sendAsync(record).await().atMost(LIMIT);
    }

    @Override
    public Uni<Void> sendAsync(ProducerRecord<String, byte[]> record) {
        return records.send(record).onFailure().transform(e -> new NotSent(record.topic(), e));
    }
}
