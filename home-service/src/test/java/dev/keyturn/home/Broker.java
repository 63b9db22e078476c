package dev.keyturn.home;

import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Message;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.ReplyAddress;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The other services' end of the broker: writes what they write, sees what they see. */
final class Broker {

    /** A message that home sent. */
    record Sent(
            Topic topic,
            Message message,
            @Nullable ReplyAddress replyTo,
            @Nullable String traceparent,
            int partition,
            long offset,
            long timestamp) {}

    private static final Broker ONE = new Broker();

    private final Map<Principal, KafkaProducer<String, byte[]>> producers =
            new EnumMap<>(Principal.class);
    private final List<Sent> seen = new CopyOnWriteArrayList<>();

    private Broker() {
        follow(Principal.WORKER, Topics.RUNS);
        follow(Principal.TWOFA, Topics.CHALLENGES);
        follow(Principal.HOME, Topics.EVENTS);
    }

    static Broker get() {
        return ONE;
    }

    /** Writes a message and waits until the broker has it; says where it stands. */
    synchronized RecordMetadata send(Principal principal, Topic topic, Message message) {
        return send(principal, Codec.encode(topic, message, principal, null));
    }

    synchronized RecordMetadata send(Principal principal, ProducerRecord<String, byte[]> record) {
        try {
            return producers.computeIfAbsent(principal, Broker::producer).send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers a request as twofa-service does. */
    void reply(Message reply, ReplyAddress to) {
        send(Principal.TWOFA, Codec.encodeReply(reply, Principal.TWOFA, null, to));
    }

    /** What stands on a topic for an account, of a type, so far. */
    <T extends Message> List<T> seen(Class<T> type, UUID account) {
        return seen.stream()
                .map(Sent::message)
                .filter(type::isInstance)
                .map(type::cast)
                .filter(m -> m.key().equals(account.toString()))
                .toList();
    }

    List<Sent> sent(UUID account) {
        return seen.stream().filter(s -> s.message().key().equals(account.toString())).toList();
    }

    private void follow(Principal principal, Topic topic) {
        Thread.ofVirtual().start(() -> read(principal, topic));
    }

    private void read(Principal principal, Topic topic) {
        Map<String, Object> config =
                new HashMap<>(Infrastructure.forTests().kafkaConfig(principal));
        config.put("auto.offset.reset", "earliest");
        try (var consumer =
                new KafkaConsumer<>(
                        config, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(
                    IntStream.range(0, topic.partitions())
                            .mapToObj(p -> new TopicPartition(topic.name(), p))
                            .toList());
            consumer.seekToBeginning(consumer.assignment());
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(Duration.ofMillis(100)).forEach(r -> keep(topic, r));
            }
        }
    }

    private void keep(Topic topic, ConsumerRecord<String, byte[]> record) {
        if (Codec.decode(topic, record.headers(), record.value()) instanceof Decoded.Known known) {
            seen.add(
                    new Sent(
                            topic,
                            known.message(),
                            known.replyTo(),
                            known.traceparent(),
                            record.partition(),
                            record.offset(),
                            record.timestamp()));
        }
    }

    private static KafkaProducer<String, byte[]> producer(Principal principal) {
        return new KafkaProducer<>(
                new HashMap<>(Infrastructure.forTests().kafkaConfig(principal)),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
