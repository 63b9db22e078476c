package dev.keyturn.twofa.db;

import dev.keyturn.service.outbox.OutboxRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A message in the outbox, written here and sent from there. */
@Entity
@Table(name = "outbox")
public class OutboxEntry {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable Long id;

    @Column(name = "order_key")
    UUID orderKey;

    String topic;

    @Column(name = "record_key")
    String recordKey;

    @Nullable Integer partition;

    String headers;

    byte[] value;

    @Column(name = "created_at")
    Instant createdAt;

    /** For Hibernate, which fills every field. */
    @SuppressWarnings("NullAway.Init")
    protected OutboxEntry() {}

    static OutboxEntry of(UUID accountId, ProducerRecord<String, byte[]> record, Instant now) {
        OutboxRow row = OutboxRow.of(accountId, record, now);
        OutboxEntry entry = new OutboxEntry();
        entry.orderKey = row.orderKey();
        entry.topic = row.topic();
        entry.recordKey = row.recordKey();
        entry.partition = row.partition();
        entry.headers = row.headers();
        entry.value = row.value();
        entry.createdAt = row.createdAt();
        return entry;
    }
}
