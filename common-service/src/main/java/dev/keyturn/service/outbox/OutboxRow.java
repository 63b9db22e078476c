package dev.keyturn.service.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyturn.wire.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as a row of the outbox.
 *
 * @param orderKey the account; rows of one key are sent in the order of their ids
 * @param headers JSON: name to base64
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutboxRow(
        UUID orderKey,
        String topic,
        String recordKey,
        @Nullable Integer partition,
        String headers,
        byte[] value,
        Instant createdAt) {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    /** A row for a record. */
    public static OutboxRow of(UUID accountId, ProducerRecord<String, byte[]> record, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers()
                .forEach(h -> headers.put(h.key(), Base64.getEncoder().encodeToString(h.value())));
        try {
            return new OutboxRow(
                    accountId,
                    record.topic(),
                    record.key(),
                    record.partition(),
                    Json.mapper().writeValueAsString(headers),
                    record.value(),
                    now);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("outbox: headers must be writable as JSON", e);
        }
    }

    /** Rows as a JSON array, values in base64, numbered in their order by {@code n}. */
    public static String json(List<OutboxRow> rows) {
        ArrayNode all = Json.mapper().createArrayNode();
        for (OutboxRow row : rows) {
            ObjectNode one = all.addObject();
            one.put("n", all.size());
            one.put("order_key", row.orderKey().toString());
            one.put("topic", row.topic());
            one.put("record_key", row.recordKey());
            one.put("partition", row.partition());
            one.put("headers", row.headers());
            one.put("value", row.value());
            one.put("created_at", row.createdAt().toString());
        }
        return all.toString();
    }

    /** The record again. */
    public ProducerRecord<String, byte[]> toRecord() {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, partition, recordKey, value);
        try {
            Json.mapper()
                    .readValue(headers, HEADERS)
                    .forEach((k, v) -> record.headers().add(k, Base64.getDecoder().decode(v)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("outbox: headers must be JSON", e);
        }
        return record;
    }
}
