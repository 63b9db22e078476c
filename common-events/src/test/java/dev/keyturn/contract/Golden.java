package dev.keyturn.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.ReplyAddress;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record as it stands in a golden file. Headers are texts, but for {@code REPLY_PARTITION}, a
 * number that is four bytes on the wire.
 */
record Golden(Topic topic, String key, JsonNode headers, JsonNode value) {

    static Golden read(Path file) {
        JsonNode json = Contract.json(file);
        return new Golden(
                topic(json.get("topic").asText()),
                json.get("key").asText(),
                json.get("headers"),
                json.get("value"));
    }

    private static Topic topic(String name) {
        return Topics.all().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + ": must be a topic"));
    }

    Decoded decode() {
        return Codec.decode(
                topic, wireHeaders(), value.toString().getBytes(StandardCharsets.UTF_8));
    }

    Headers wireHeaders() {
        Headers wire = new RecordHeaders();
        headers.properties()
                .forEach(
                        header ->
                                wire.add(
                                        header.getKey(),
                                        header.getValue().isInt()
                                                ? ByteBuffer.allocate(4)
                                                        .putInt(header.getValue().asInt())
                                                        .array()
                                                : header.getValue()
                                                        .asText()
                                                        .getBytes(StandardCharsets.UTF_8)));
        return wire;
    }

    /** The same, written by the codec. */
    ProducerRecord<String, byte[]> encode(Decoded.Known known) {
        Principal writer = writer();
        if (topic.equals(Topics.REPLIES)) {
            ReplyAddress to =
                    new ReplyAddress(0, headers.get(ReplyAddress.CORRELATION_ID).asText());
            return Codec.encodeReply(known.message(), writer, known.traceparent(), to);
        }
        ReplyAddress replyTo = known.replyTo();
        return replyTo == null
                ? Codec.encode(topic, known.message(), writer, known.traceparent())
                : Codec.encodeRequest(topic, known.message(), writer, known.traceparent(), replyTo);
    }

    Principal writer() {
        String source = headers.get("ce_source").asText();
        return Arrays.stream(Principal.values())
                .filter(p -> source.equals("/keyturn/" + p.service()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(source + ": must be a service"));
    }

    /** Headers on the wire, as a golden file has them. */
    static ObjectNode headers(Headers wire) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Header header : wire) {
            if (header.key().equals(ReplyAddress.PARTITION)) {
                json.put(header.key(), ByteBuffer.wrap(header.value()).getInt());
            } else {
                json.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return json;
    }
}
