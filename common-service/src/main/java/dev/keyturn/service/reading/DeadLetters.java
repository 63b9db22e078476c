package dev.keyturn.service.reading;

import dev.keyturn.service.send.Sender;
import dev.keyturn.wire.DeadLetterHeaders;
import dev.keyturn.wire.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Where records go that cannot be decoded: their bytes as they came, why, and where they stood.
 * Never printed.
 */
@ApplicationScoped
public class DeadLetters {

    /** Why it could not be decoded. */
    public static final String REASON = DeadLetterHeaders.REASON;

    public static final String TOPIC = DeadLetterHeaders.TOPIC;
    public static final String PARTITION = DeadLetterHeaders.PARTITION;
    public static final String OFFSET = DeadLetterHeaders.OFFSET;

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final Sender sender;
    private final MeterRegistry metrics;

    DeadLetters(Sender sender, MeterRegistry metrics) {
        this.sender = sender;
        this.metrics = metrics;
    }

    /** Sends it there and waits until the broker has it. After a crash it may be there twice. */
    public void send(Topic topic, ConsumerRecord<String, byte[]> record, String reason) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(topic.deadLetters(), record.key(), record.value());
        record.headers().forEach(letter.headers()::add);
        header(letter, REASON, reason);
        header(letter, TOPIC, record.topic());
        header(letter, PARTITION, String.valueOf(record.partition()));
        header(letter, OFFSET, String.valueOf(record.offset()));
        sender.send(letter);
        metrics.counter("keyturn.dead.letters", "topic", topic.name()).increment();
        LOG.errorf(
                "A record could not be decoded and went to the dead letters: topic=%s partition=%d"
                        + " offset=%d reason=%s",
                record.topic(), record.partition(), record.offset(), reason);
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().remove(name);
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
