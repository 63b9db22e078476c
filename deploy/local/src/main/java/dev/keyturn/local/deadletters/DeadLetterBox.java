package dev.keyturn.local.deadletters;

import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.terminal.WrongUse;
import dev.keyturn.wire.DeadLetterHeaders;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The dead letters at the broker. */
public final class DeadLetterBox {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Map<String, Object> config;

    /**
     * @param client a Kafka client's configuration, with the rights to read and write every topic
     */
    public DeadLetterBox(Map<String, String> client) {
        Map<String, Object> all = new HashMap<>(client);
        all.put("enable.auto.commit", "false");
        all.put("default.api.timeout.ms", "10000");
        all.put("request.timeout.ms", "5000");
        all.put("delivery.timeout.ms", "10000");
        all.put("linger.ms", "0");
        all.put("max.block.ms", "10000");
        all.put("acks", "all");
        this.config = Map.copyOf(all);
    }

    /** All of them, oldest first. */
    public List<DeadLetter> all() {
        List<DeadLetter> letters = new ArrayList<>();
        withConsumer(consumer -> Topics.all().forEach(t -> letters.addAll(lettersOf(consumer, t))));
        letters.sort(Comparator.comparing(DeadLetter::at));
        return letters;
    }

    /** Sends it to where it came from, as it came, and notes that. */
    public void resend(DeadLetter letter) {
        if (!letter.canGoBack()) {
            throw new WrongUse(
                    letter.id() + ": does not say where it came from and cannot be sent again");
        }
        Topic topic =
                Topics.all().stream()
                        .filter(t -> t.name().equals(letter.topic()))
                        .findFirst()
                        .orElseThrow();
        long at = Long.parseLong(letter.id().substring(letter.id().indexOf('/') + 1));
        ConsumerRecord<byte[], byte[]> record = read(topic, at);
        ProducerRecord<byte[], byte[]> again =
                new ProducerRecord<>(
                        letter.topic(), letter.partition(), record.key(), record.value());
        record.headers().forEach(h -> copy(h.key(), h.value(), again));
        ProducerRecord<byte[], byte[]> mark =
                new ProducerRecord<>(topic.deadLetters(), null, new byte[0]);
        mark.headers()
                .add(DeadLetterHeaders.RESENT, String.valueOf(at).getBytes(StandardCharsets.UTF_8));
        // The mark comes last: sent twice is harmless, since readers know what they have read.
        send(again, mark);
    }

    private static void copy(String name, byte[] value, ProducerRecord<byte[], byte[]> to) {
        if (!name.startsWith(DeadLetterHeaders.PREFIX)) {
            to.headers().add(name, value);
        }
    }

    private List<DeadLetter> lettersOf(KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
        Map<Long, Instant> resent = new HashMap<>();
        List<ConsumerRecord<byte[], byte[]>> records = records(consumer, topic, 0);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            DeadLetter.marks(record)
                    .ifPresent(of -> resent.put(of, Instant.ofEpochMilli(record.timestamp())));
        }
        return records.stream()
                .filter(record -> DeadLetter.marks(record).isEmpty())
                .map(record -> DeadLetter.of(topic, record, resent.get(record.offset())))
                .toList();
    }

    private ConsumerRecord<byte[], byte[]> read(Topic topic, long offset) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        withConsumer(
                consumer ->
                        records(consumer, topic, offset).stream()
                                .filter(r -> r.offset() == offset)
                                .forEach(found::add));
        if (found.isEmpty()) {
            throw new WrongUse(topic.name() + "/" + offset + ": is not there any more");
        }
        return found.getFirst();
    }

    /** From an offset to the end that the topic has now. */
    private static List<ConsumerRecord<byte[], byte[]>> records(
            KafkaConsumer<byte[], byte[]> consumer, Topic topic, long from) {
        TopicPartition partition = new TopicPartition(topic.deadLetters(), 0);
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        consumer.seek(partition, Math.max(begin, from));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        while (consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(records::add);
            if (System.nanoTime() > giveUp) {
                throw new StackFailure(topic.deadLetters() + ": could not be read to its end");
            }
        }
        return records;
    }

    private void withConsumer(Consumer<KafkaConsumer<byte[], byte[]>> work) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            work.accept(consumer);
        } catch (KafkaException e) {
            throw new StackFailure("The broker does not answer: " + e.getMessage(), e);
        }
    }

    private void send(ProducerRecord<byte[], byte[]> first, ProducerRecord<byte[], byte[]> second) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            var _ = producer.send(first).get();
            var _ = producer.send(second).get();
        } catch (ExecutionException | KafkaException e) {
            throw new StackFailure("The broker did not take the record: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("Interrupted while a record was sent", e);
        }
    }
}
