package dev.keyturn.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where a reply is waited for: SmallRye's three headers.
 *
 * @param partition of {@code twofa.replies.v1}, 0 to its count less one
 * @param correlationId by which the waiter knows its reply
 */
public record ReplyAddress(int partition, String correlationId) {

    /** SmallRye's names. */
    public static final String TOPIC = "REPLY_TOPIC";

    public static final String PARTITION = "REPLY_PARTITION";
    public static final String CORRELATION_ID = "REPLY_CORRELATION_ID";

    private static final int MAX_ID = 64;

    /** A reply address that does not exist: the record is a dead letter. */
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message);
        }
    }

    /** Writes the address into a request's headers. */
    public void writeTo(Headers headers) {
        headers.add(TOPIC, Topics.REPLIES.name().getBytes(StandardCharsets.UTF_8));
        headers.add(PARTITION, ByteBuffer.allocate(4).putInt(partition).array());
        headers.add(CORRELATION_ID, correlationId.getBytes(StandardCharsets.UTF_8));
    }

    /** The address in a request's headers; absent if it asks for no reply. */
    public static @Nullable ReplyAddress readFrom(Headers headers) throws Invalid {
        @Nullable Header topic = headers.lastHeader(TOPIC);
        if (topic == null) {
            return null;
        }
        if (!Topics.REPLIES.name().equals(text(topic))) {
            throw new Invalid(TOPIC + ": must be " + Topics.REPLIES.name());
        }
        int partition = partition(headers.lastHeader(PARTITION));
        @Nullable String id = correlationId(headers);
        if (id == null) {
            throw new Invalid(CORRELATION_ID + ": must be 1 to " + MAX_ID + " bytes");
        }
        return new ReplyAddress(partition, id);
    }

    /** The correlation id of a request or reply; absent if there is none, or it is too long. */
    public static @Nullable String correlationId(Headers headers) {
        @Nullable Header id = headers.lastHeader(CORRELATION_ID);
        return id == null
                        || id.value() == null
                        || id.value().length < 1
                        || id.value().length > MAX_ID
                ? null
                : text(id);
    }

    private static int partition(@Nullable Header header) throws Invalid {
        int count = Topics.REPLIES.partitions();
        if (header == null || header.value() == null || header.value().length != 4) {
            throw new Invalid(PARTITION + ": must be 4 bytes");
        }
        int partition = ByteBuffer.wrap(header.value()).getInt();
        if (partition < 0 || partition >= count) {
            throw new Invalid(PARTITION + "=" + partition + ": must be from 0 to " + (count - 1));
        }
        return partition;
    }

    private static @Nullable String text(Header header) {
        return header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
