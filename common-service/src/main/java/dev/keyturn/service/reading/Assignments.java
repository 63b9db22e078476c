package dev.keyturn.service.reading;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Which partitions this instance reads now. */
@ApplicationScoped
public class Assignments {

    private final Set<TopicPartition> partitions = ConcurrentHashMap.newKeySet();

    void assigned(Collection<TopicPartition> more) {
        partitions.addAll(more);
    }

    void revoked(Collection<TopicPartition> less) {
        partitions.removeAll(less);
    }

    /** The numbers of the partitions of a topic that this instance reads. */
    public Set<Integer> of(String topic) {
        return partitions.stream()
                .filter(p -> p.topic().equals(topic))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }
}
