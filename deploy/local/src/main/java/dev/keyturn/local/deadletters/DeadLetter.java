package dev.keyturn.local.deadletters;

import dev.keyturn.wire.DeadLetterHeaders;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a record that could not be decoded. Never its key or its value: nobody knows
 * what is in them.
 *
 * @param id topic and offset among its dead letters
 * @param at when it was set aside
 * @param type the type that it says it has; absent if it says none
 * @param partition where it stood in its topic; -1 if that is not said
 * @param offset the same
 * @param size of the value, in bytes
 * @param headers the names of the headers that it came with
 * @param resentAt when it was last sent to its topic again; absent if never
 */
public record DeadLetter(
        String id,
        Instant at,
        String topic,
        int partition,
        long offset,
        @Nullable String type,
        String reason,
        int size,
        List<String> headers,
        @Nullable Instant resentAt) {

    private static final int LONGEST = 200;

    static DeadLetter of(
            Topic topic, ConsumerRecord<byte[], byte[]> record, @Nullable Instant resentAt) {
        return new DeadLetter(
                topic.name() + "/" + record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                topic.name(),
                (int) number(record, DeadLetterHeaders.PARTITION),
                number(record, DeadLetterHeaders.OFFSET),
                text(record, "ce_type").orElse(null),
                text(record, DeadLetterHeaders.REASON).orElse("not said"),
                record.value() == null ? 0 : record.value().length,
                StreamSupport.stream(record.headers().spliterator(), false)
                        .map(Header::key)
                        .filter(name -> !name.startsWith(DeadLetterHeaders.PREFIX))
                        .distinct()
                        .sorted()
                        .toList(),
                resentAt);
    }

    /** Of the letter that this record marks as sent again; empty if it is a letter itself. */
    static Optional<Long> marks(ConsumerRecord<byte[], byte[]> record) {
        return text(record, DeadLetterHeaders.RESENT)
                .filter(offset -> offset.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    /** Whether it says where it came from, so that it can go back. */
    boolean canGoBack() {
        return Topics.all().stream()
                        .anyMatch(t -> t.name().equals(topic) && partition < t.partitions())
                && partition >= 0;
    }

    private static long number(ConsumerRecord<byte[], byte[]> record, String header) {
        return text(record, header)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Long::valueOf)
                .orElse(-1L);
    }

    private static Optional<String> text(ConsumerRecord<byte[], byte[]> record, String header) {
        return Optional.ofNullable(record.headers().lastHeader(header))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
    }
}
