package dev.keyturn.service.send;

import io.smallrye.mutiny.Uni;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends records of any topic, each acknowledged by all replicas. */
public interface Sender {

    /**
     * Sends and waits until the broker has it.
     *
     * @throws NotSent if it did not say so in time
     */
    void send(ProducerRecord<String, byte[]> record);

    /** The same without waiting; fails with {@link NotSent}. */
    Uni<Void> sendAsync(ProducerRecord<String, byte[]> record);
}
