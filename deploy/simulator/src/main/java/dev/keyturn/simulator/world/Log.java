package dev.keyturn.simulator.world;

import dev.keyturn.wire.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The broker's topics: partitions that only grow. */
public final class Log {

    private final Map<String, SequencedMap<Integer, List<ConsumerRecord<String, byte[]>>>> topics =
            new HashMap<>();
    private static final SequencedMap<Integer, List<ConsumerRecord<String, byte[]>>> NOTHING =
            new TreeMap<>();

    private final Map<String, Long> sizes = new HashMap<>();

    /** Appends a record to its partition, or to that of its key. */
    public void append(Topic topic, ProducerRecord<String, byte[]> record, long now) {
        int partition =
                record.partition() == null
                        ? Math.floorMod(record.key().hashCode(), topic.partitions())
                        : record.partition();
        List<ConsumerRecord<String, byte[]>> there = partition(topic.name(), partition);
        there.add(
                new ConsumerRecord<>(
                        topic.name(),
                        partition,
                        there.size(),
                        now,
                        TimestampType.CREATE_TIME,
                        0,
                        record.value().length,
                        record.key(),
                        record.value(),
                        new RecordHeaders(record.headers().toArray()),
                        Optional.empty()));
        sizes.merge(topic.name(), 1L, Long::sum);
    }

    /** How many records a topic has: changes with each. */
    public long size(String topic) {
        return sizes.getOrDefault(topic, 0L);
    }

    /** The end of a partition. */
    public long end(String topic, int partition) {
        return partition(topic, partition).size();
    }

    /** Partitions that hold something. */
    public Set<Integer> partitions(String topic) {
        return topics.getOrDefault(topic, NOTHING).keySet();
    }

    /** Up to so many records from an offset. */
    public List<ConsumerRecord<String, byte[]>> read(
            String topic, int partition, long from, int most) {
        List<ConsumerRecord<String, byte[]>> there = partition(topic, partition);
        int start = (int) Math.min(from, there.size());
        return start >= there.size()
                ? List.of()
                : List.copyOf(there.subList(start, Math.min(there.size(), start + most)));
    }

    /** A batch as a consumer gets it. */
    public static ConsumerRecords<String, byte[]> batch(
            SequencedMap<Integer, List<ConsumerRecord<String, byte[]>>> byPartition, String topic) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new LinkedHashMap<>();
        byPartition.forEach((p, list) -> records.put(new TopicPartition(topic, p), list));
        return new ConsumerRecords<>(records, Map.<TopicPartition, OffsetAndMetadata>of());
    }

    private List<ConsumerRecord<String, byte[]>> partition(String topic, int partition) {
        return topics.computeIfAbsent(topic, _ -> new TreeMap<>())
                .computeIfAbsent(partition, _ -> new ArrayList<>());
    }
}
