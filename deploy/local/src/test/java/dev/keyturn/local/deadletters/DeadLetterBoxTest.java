package dev.keyturn.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.local.terminal.Shown;
import dev.keyturn.wire.DeadLetterHeaders;
import dev.keyturn.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class DeadLetterBoxTest {

    private static final int PARTITION = 5;

    private final Map<String, String> admin =
            Infrastructure.forTests().kafkaAdminConfig().entrySet().stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    Map.Entry::getKey, e -> String.valueOf(e.getValue())));
    private final DeadLetterBox box = new DeadLetterBox(admin);
    private final String key = "key-" + UUID.randomUUID();
    private final byte[] value = ("{value " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);

    @Test
    void whatIsListedSaysWhereAndWhyAndNeverWhat() {
        setAside("5");
        DeadLetter letter = mine();
        assertThat(letter.topic()).isEqualTo(Topics.EVENTS.name());
        assertThat(letter.partition()).isEqualTo(PARTITION);
        assertThat(letter.offset()).isEqualTo(17);
        assertThat(letter.type()).isEqualTo("dev.keyturn.RunFinished");
        assertThat(letter.reason()).isEqualTo("value: must be JSON");
        assertThat(letter.size()).isEqualTo(value.length);
        assertThat(letter.headers()).containsExactly("ce_type", "traceparent");
        assertThat(letter + Shown.json(letter))
                .doesNotContain(key)
                .doesNotContain(new String(value, StandardCharsets.UTF_8));
    }

    @Test
    void whatIsSentAgainIsTheSameAtItsPlaceAndIsMarked() {
        setAside("5");
        box.resend(mine());
        ConsumerRecord<byte[], byte[]> again = sentAgain();
        assertThat(again.partition()).isEqualTo(PARTITION);
        assertThat(again.value()).isEqualTo(value);
        assertThat(again.headers())
                .extracting(h -> h.key())
                .containsExactly("ce_type", "traceparent");
        assertThat(mine().resentAt()).isNotNull();
    }

    @Test
    void aLetterThatDoesNotSayWhereItCameFromStaysWhereItIs() {
        for (String partition : List.of("24", "-1", "x")) {
            setAside(partition);
            assertThatThrownBy(() -> box.resend(mine()))
                    .hasMessageContaining("does not say where it came from");
        }
    }

    private void setAside(String partition) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(
                        Topics.EVENTS.deadLetters(), key.getBytes(StandardCharsets.UTF_8), value);
        Map<String, String> headers = new HashMap<>();
        headers.put("ce_type", "dev.keyturn.RunFinished");
        headers.put("traceparent", "00-1-2-03");
        headers.put(DeadLetterHeaders.REASON, "value: must be JSON");
        headers.put(DeadLetterHeaders.TOPIC, Topics.EVENTS.name());
        headers.put(DeadLetterHeaders.PARTITION, partition);
        headers.put(DeadLetterHeaders.OFFSET, "17");
        headers.forEach((n, v) -> letter.headers().add(n, v.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        new HashMap<String, Object>(admin),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            var _ = producer.send(letter);
        }
    }

    /** The last one. */
    private DeadLetter mine() {
        return box.all().stream()
                .filter(l -> l.topic().equals(Topics.EVENTS.name()))
                .toList()
                .getLast();
    }

    private ConsumerRecord<byte[], byte[]> sentAgain() {
        TopicPartition partition = new TopicPartition(Topics.EVENTS.name(), PARTITION);
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        new HashMap<String, Object>(admin),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found.stream()
                .filter(r -> key.equals(new String(r.key(), StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow();
    }
}
