package dev.keyturn.benchmark;

import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Message;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the services say to each other, read beside them. */
final class Log implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Map<String, Topic> TOPICS =
            Stream.of(Topics.CHALLENGES, Topics.EVENTS, Topics.REPLIES)
                    .collect(Collectors.toMap(Topic::name, topic -> topic));

    /**
     * A message.
     *
     * @param sent when its sender handed it to its client, in microseconds since 1970, exact to a
     *     millisecond
     */
    record Said(Message message, long sent) {}

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** What is said from now on. */
    Log(Map<String, String> broker) {
        consumer =
                new KafkaConsumer<>(
                        new HashMap<>(broker),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        partitions =
                TOPICS.keySet().stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(p -> consumer.position(p));
    }

    /** Everything that was said since the last time. */
    List<Said> read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<Said> said = new ArrayList<>();
        while (partitions.stream().anyMatch(p -> consumer.position(p) < end(ends, p))) {
            consumer.poll(POLL).forEach(record -> add(said, record));
        }
        return said;
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private static void add(List<Said> said, ConsumerRecord<String, byte[]> record) {
        Topic topic = TOPICS.get(record.topic());
        if (topic != null
                && Codec.decode(topic, record.headers(), record.value())
                        instanceof Decoded.Known known) {
            said.add(new Said(known.message(), record.timestamp() * 1_000));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
