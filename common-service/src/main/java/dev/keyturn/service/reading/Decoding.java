package dev.keyturn.service.reading;

import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Records to messages: what is unknown is counted, what is none goes to the dead letters. */
@ApplicationScoped
public class Decoding {

    private static final Logger LOG = Logger.getLogger(Decoding.class);

    private final DeadLetters deadLetters;
    private final MeterRegistry metrics;

    Decoding(DeadLetters deadLetters, MeterRegistry metrics) {
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    /** The messages of a batch, in their order. Blocks until every dead letter is acknowledged. */
    public List<Received> decode(Topic topic, Iterable<ConsumerRecord<String, byte[]>> batch) {
        List<Received> messages = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            switch (Codec.decode(topic, record.headers(), record.value())) {
                case Decoded.Known known ->
                        messages.add(
                                new Received(
                                        known.message(),
                                        known.replyTo(),
                                        known.traceparent(),
                                        record.partition(),
                                        record.offset()));
                case Decoded.UnknownType unknown -> skip(topic, record, unknown);
                case Decoded.Undecodable none -> deadLetters.send(topic, record, none.reason());
            }
        }
        return messages;
    }

    private void skip(
            Topic topic, ConsumerRecord<String, byte[]> record, Decoded.UnknownType unknown) {
        metrics.counter("keyturn.records.unknown", "topic", topic.name()).increment();
        LOG.debugf(
                "A record of a type that this version does not know was skipped: topic=%s"
                        + " partition=%d offset=%d type=%s",
                topic.name(), record.partition(), record.offset(), unknown.type());
    }
}
