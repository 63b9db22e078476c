package dev.keyturn.service.reading;

import dev.keyturn.service.db.Database;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Puts a consumer where the database says that it stopped, whatever the broker has committed. */
@ApplicationScoped
@Identifier("keyturn-positions")
public class SeekOnAssignment implements KafkaConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(SeekOnAssignment.class);

    private final Database database;
    private final Positions positions;
    private final Persistence persistence;
    private final Assignments assignments;

    SeekOnAssignment(
            Database database,
            Positions positions,
            Persistence persistence,
            Assignments assignments) {
        this.database = database;
        this.positions = positions;
        this.persistence = persistence;
        this.assignments = assignments;
    }

    @Override
    public void onPartitionsAssigned(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Map<String, List<Integer>> byTopic =
                partitions.stream()
                        .collect(
                                Collectors.groupingBy(
                                        TopicPartition::topic,
                                        Collectors.mapping(
                                                TopicPartition::partition, Collectors.toList())));
        Map<TopicPartition, Long> ends = consumer.endOffsets(Set.copyOf(partitions));
        byTopic.forEach((topic, numbers) -> seek(consumer, topic, numbers, ends));
        assignments.assigned(partitions);
    }

    @Override
    public void onPartitionsRevoked(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        assignments.revoked(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        assignments.revoked(partitions);
    }

    private void seek(
            Consumer<?, ?> consumer,
            String topic,
            List<Integer> numbers,
            Map<TopicPartition, Long> ends) {
        Map<Integer, Long> next =
                persistence.insist(
                        topic, () -> database.tx(tx -> positions.load(tx, topic, numbers)));
        for (int number : numbers) {
            TopicPartition partition = new TopicPartition(topic, number);
            long end = ends.getOrDefault(partition, 0L);
            long position = next.getOrDefault(number, -1L);
            if (position < 0) {
                consumer.seekToBeginning(Set.of(partition));
            } else {
                consumer.seek(
                        partition, position <= end ? position : cut(topic, number, position, end));
            }
        }
    }

    private long cut(String topic, int partition, long position, long end) {
        LOG.errorf(
                "A position stands beyond the end of its log, which has lost records; it is set to"
                        + " the end: topic=%s partition=%d position=%d end=%d",
                topic, partition, position, end);
        return persistence.insist(
                topic,
                () ->
                        database.tx(
                                tx -> {
                                    positions.set(tx, topic, partition, end);
                                    return end;
                                }));
    }
}
