package dev.keyturn.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Messages to records and back: CloudEvents 1.0 in binary mode, JSON inside. */
public final class Codec {

    /** W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    private static final String JSON = "application/json";
    private static final ClassValue<List<Part>> PARTS =
            new ClassValue<>() {
                @Override
                protected List<Part> computeValue(Class<?> type) {
                    return Arrays.stream(type.getRecordComponents()).map(Part::of).toList();
                }
            };
    private static final Map<String, Map<String, Class<? extends Message>>> TYPES =
            new ConcurrentHashMap<>();

    private Codec() {}

    /**
     * A record for a message.
     *
     * @param source who writes it, becomes {@code ce_source}
     * @param traceparent the trace that it belongs to
     * @throws IllegalArgumentException if the topic does not hold such a message
     */
    public static ProducerRecord<String, byte[]> encode(
            Topic topic, Message message, Principal source, @Nullable String traceparent) {
        return encode(topic, message, source, traceparent, null);
    }

    /** The same for a request: its headers say where the reply is waited for. */
    public static ProducerRecord<String, byte[]> encodeRequest(
            Topic topic,
            Message message,
            Principal source,
            @Nullable String traceparent,
            ReplyAddress replyTo) {
        ProducerRecord<String, byte[]> record = encode(topic, message, source, traceparent, null);
        replyTo.writeTo(record.headers());
        return record;
    }

    /**
     * A record for a reply: to the waiter's partition, with its correlation id and nothing else of
     * the request.
     */
    public static ProducerRecord<String, byte[]> encodeReply(
            Message reply, Principal source, @Nullable String traceparent, ReplyAddress to) {
        ProducerRecord<String, byte[]> record =
                encode(Topics.REPLIES, reply, source, traceparent, to.partition());
        record.headers()
                .add(
                        ReplyAddress.CORRELATION_ID,
                        to.correlationId().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static ProducerRecord<String, byte[]> encode(
            Topic topic,
            Message message,
            Principal source,
            @Nullable String traceparent,
            @Nullable Integer partition) {
        if (!types(topic).containsKey(message.typeName())) {
            throw new IllegalArgumentException(
                    topic.name() + ": must not hold " + message.typeName());
        }
        CloudEvent event =
                CloudEventBuilder.v1()
                        .withId(message.messageId().toString())
                        .withType(message.typeName())
                        .withSource(URI.create("/keyturn/" + source.service()))
                        .withSubject(message.key())
                        .withTime(message.at().atOffset(ZoneOffset.UTC))
                        .withData(JSON, json(message))
                        .build();
        ProducerRecord<String, byte[]> record =
                KafkaMessageFactory.<String>createWriter(
                                topic.name(), partition, null, message.key())
                        .writeBinary(event);
        if (traceparent != null) {
            record.headers().add(TRACEPARENT, traceparent.getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }

    /** What a record of a topic is. Never throws for what it holds. */
    public static Decoded decode(Topic topic, Headers headers, byte @Nullable [] value) {
        CloudEvent event;
        try {
            event =
                    KafkaMessageFactory.createReader(headers, value == null ? new byte[0] : value)
                            .toEvent();
        } catch (RuntimeException _) {
            return new Decoded.Undecodable("headers: must be a CloudEvent 1.0 in binary mode");
        }
        @Nullable Class<? extends Message> type = types(topic).get(event.getType());
        if (type == null) {
            return new Decoded.UnknownType(event.getType());
        }
        if (!JSON.equals(event.getDataContentType())) {
            return new Decoded.Undecodable("content-type: must be " + JSON);
        }
        return decode(type, event.getData(), headers);
    }

    private static Decoded decode(
            Class<? extends Message> type, @Nullable CloudEventData data, Headers headers) {
        try {
            byte[] bytes = data == null ? new byte[0] : data.toBytes();
            @Nullable Message message =
                    bytes.length == 0 ? null : Json.mapper().readValue(bytes, type);
            if (message == null) {
                return new Decoded.Undecodable("value: must be there");
            }
            @Nullable String missing = missing(message);
            if (missing != null) {
                return new Decoded.Undecodable(missing + ": is missing");
            }
            return new Decoded.Known(
                    message, ReplyAddress.readFrom(headers), text(headers.lastHeader(TRACEPARENT)));
        } catch (StreamReadException _) {
            return new Decoded.Undecodable("value: must be JSON");
        } catch (JsonMappingException e) {
            return new Decoded.Undecodable(wrong(e));
        } catch (ReplyAddress.Invalid e) {
            return new Decoded.Undecodable(String.valueOf(e.getMessage()));
        } catch (IOException _) {
            return new Decoded.Undecodable("value: must be JSON within limits");
        }
    }

    /** The JSON of a message. */
    public static byte[] json(Object message) {
        try {
            return Json.mapper().writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    message.getClass().getSimpleName() + ": must be writable as JSON", e);
        }
    }

    private static Map<String, Class<? extends Message>> types(Topic topic) {
        return TYPES.computeIfAbsent(topic.name(), _ -> MessageTypes.of(topic.families()));
    }

    /** A component of a record, looked up once: the JVM makes its accessor anew each time. */
    private record Part(String name, boolean nullable, Method accessor) {

        private static Part of(RecordComponent component) {
            return new Part(
                    component.getName(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    component.getAccessor());
        }

        private @Nullable Object of(Object record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(name + ": must be readable", e);
            }
        }
    }

    /** The first field that is absent although its record does not allow it; absent if none is. */
    private static @Nullable String missing(Object record) {
        for (Part part : PARTS.get(record.getClass())) {
            @Nullable Object value = part.of(record);
            if (value == null && !part.nullable()) {
                return part.name();
            }
            @Nullable String inner = value == null ? null : missingIn(value);
            if (inner != null) {
                return part.name() + "." + inner;
            }
        }
        return null;
    }

    private static @Nullable String missingIn(Object value) {
        return switch (value) {
            case Record record -> missing(record);
            case List<?> list ->
                    list.stream()
                            .map(Codec::missingIn)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null);
            default -> null;
        };
    }

    private static String wrong(JsonMappingException e) {
        if (e.getCause() instanceof StreamReadException) {
            return "value: must be JSON";
        }
        return e.getPath().isEmpty()
                ? "value: must be one JSON object of its type"
                : e.getPath().stream()
                                .map(Reference::getFieldName)
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining("."))
                        + ": is missing or of another type";
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
