package dev.keyturn.systemtests;

import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.events.RunFact;
import dev.keyturn.local.infra.KafkaAccess;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Message;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands on the topics of the shared stack, from their start. */
record Log(Settings settings) {

    private static final Duration POLL = Duration.ofMillis(200);

    /** The facts of a run in log order, each once: readers know a repeat by its id. */
    List<ConnectorEvent> facts(UUID run) {
        Set<UUID> seen = new HashSet<>();
        return all(Topics.EVENTS).stream()
                .filter(m -> m instanceof RunFact fact && run.equals(fact.runId()))
                .filter(m -> seen.add(m.messageId()))
                .map(ConnectorEvent.class::cast)
                .toList();
    }

    /** How many records a topic has had. */
    long size(Topic topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            return consumer.endOffsets(partitions(topic)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** Everything that can be decoded; of a key in the order in which it was written. */
    List<Message> all(Topic topic) {
        List<TopicPartition> partitions = partitions(topic);
        List<Message> messages = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                consumer.poll(POLL)
                        .forEach(
                                r -> {
                                    if (Codec.decode(topic, r.headers(), r.value())
                                            instanceof Decoded.Known known) {
                                        messages.add(known.message());
                                    }
                                });
            }
        }
        return messages;
    }

    private static List<TopicPartition> partitions(Topic topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(n -> new TopicPartition(topic.name(), n))
                .toList();
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> config =
                new HashMap<>(
                        new KafkaAccess(settings.ports().kafka(), settings.home().secrets())
                                .clientConfig(KafkaAccess.ADMIN));
        config.put("enable.auto.commit", false);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
