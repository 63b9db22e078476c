package dev.keyturn.wire;

import java.time.Instant;
import java.util.UUID;

/** Anything that travels over Kafka. Its type on the wire is the simple name of its record. */
public interface Message {

    /** Becomes {@code ce_id}. The same for each repeat of this message. */
    UUID messageId();

    /** The record's key. */
    String key();

    /** When it happened or was asked; becomes {@code ce_time}. */
    Instant at();

    /** Becomes {@code ce_type}. */
    default String typeName() {
        return getClass().getSimpleName();
    }
}
