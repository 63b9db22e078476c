package dev.keyturn.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.commands.CancelRun;
import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.replies.CodeGiven;
import dev.keyturn.values.CodeFormat;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.FormatKind;
import dev.keyturn.values.Prompt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {

    private static final String SECRET = "hunter2";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final UUID ID = UUID.fromString("25425c1e-004d-5bca-a0c0-3dbd7db6b3de");
    private static final Instant NOW = Instant.parse("2026-01-15T08:00:00Z");
    private static final String NO_EVENT = "headers: must be a CloudEvent 1.0 in binary mode";
    private static final String PARTITION = "REPLY_PARTITION: must be 4 bytes";
    private static final String ID_LENGTH = "REPLY_CORRELATION_ID: must be 1 to 64 bytes";

    private static final OpenChallenge OPEN =
            new OpenChallenge(
                    ID,
                    ID,
                    ID,
                    NOW,
                    ID,
                    1,
                    ID,
                    1,
                    null,
                    1,
                    prompt(),
                    NOW,
                    null,
                    SECRET + "-sealTo");

    private static Prompt prompt() {
        return new Prompt(
                FactorType.SMS,
                null,
                SECRET + " words",
                new CodeFormat(FormatKind.DIGITS, 6, null),
                List.of(),
                null,
                List.of(),
                null,
                null);
    }

    /** A good request, which each case damages in one way. */
    private static final class Rec {
        final Headers headers;
        byte @Nullable [] value;

        Rec() {
            ProducerRecord<String, byte[]> record =
                    Codec.encodeRequest(
                            Topics.CHALLENGES,
                            OPEN,
                            Principal.WORKER,
                            TRACE,
                            new ReplyAddress(7, "waiter-1"));
            headers = record.headers();
            value = record.value();
        }

        Decoded decode() {
            return Codec.decode(Topics.CHALLENGES, headers, value);
        }

        void set(String header, byte @Nullable [] bytes) {
            headers.remove(header);
            headers.add(header, bytes);
        }

        void set(String header, String text) {
            set(header, text.getBytes(StandardCharsets.UTF_8));
        }

        void value(String text) {
            value = text.getBytes(StandardCharsets.UTF_8);
        }

        void replace(String text, String instead) {
            String json = new String(value, StandardCharsets.UTF_8);
            assertThat(json).contains(text);
            value(json.replace(text, instead));
        }
    }

    record Case(String name, Consumer<Rec> damage, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> undecodable() {
        List<Case> cases = new ArrayList<>();
        for (String header : List.of("ce_specversion", "ce_id", "ce_type", "ce_source")) {
            cases.add(new Case("no " + header, r -> r.headers.remove(header), NO_EVENT));
            cases.add(new Case("null " + header, r -> r.set(header, (byte[]) null), NO_EVENT));
        }
        cases.addAll(
                List.of(
                        new Case("version 2", r -> r.set("ce_specversion", "2.0"), NO_EVENT),
                        new Case("bad time", r -> r.set("ce_time", SECRET), NO_EVENT),
                        new Case("bad source", r -> r.set("ce_source", "\\ " + SECRET), NO_EVENT),
                        new Case(
                                "structured mode",
                                r -> r.set("content-type", "application/cloudevents+json"),
                                NO_EVENT),
                        new Case(
                                "other content",
                                r -> r.set("content-type", "text/" + SECRET),
                                "content-type: must be application/json"),
                        new Case(
                                "no content type",
                                r -> r.headers.remove("content-type"),
                                "content-type: must be application/json"),
                        new Case("no value", r -> r.value = null, "value: must be there"),
                        new Case("empty", r -> r.value(""), "value: must be there"),
                        new Case("null", r -> r.value("null"), "value: must be there"),
                        new Case("no JSON", r -> r.value(SECRET), "value: must be JSON"),
                        new Case(
                                "cut off",
                                r -> r.value("{\"commandId\": \"" + SECRET),
                                "value: must be JSON"),
                        new Case(
                                "an array",
                                r -> r.value("[\"" + SECRET + "\"]"),
                                "value: must be one JSON object of its type"),
                        new Case(
                                "a text",
                                r -> r.value("\"" + SECRET + "\""),
                                "value: must be one JSON object of its type"),
                        new Case(
                                "too deep",
                                r -> r.value("{\"new\":" + "[".repeat(100)),
                                "value: must be JSON within limits"),
                        new Case(
                                "trailing tokens",
                                r -> r.replace("-sealTo\"}", "-sealTo\"} {\"a\":\"hunter2\"}"),
                                "value: must be one JSON object of its type"),
                        new Case(
                                "trailing garbage",
                                r -> r.replace("-sealTo\"}", "-sealTo\"} hunter2"),
                                "value: must be JSON"),
                        new Case(
                                "missing field",
                                r -> r.replace("\"deadline\"", "\"deadlime\""),
                                "deadline: is missing"),
                        new Case(
                                "missing number",
                                r -> r.replace("\"epoch\"", "\"epic\""),
                                "epoch: is missing or of another type"),
                        new Case(
                                "missing deep inside",
                                r -> r.replace("\"kind\":\"DIGITS\"", "\"sort\":\"DIGITS\""),
                                "prompt.format.kind: is missing"),
                        new Case(
                                "a text for a number",
                                r -> r.replace("\"epoch\":1", "\"epoch\":\"1\""),
                                "epoch: is missing or of another type"),
                        new Case(
                                "a fraction for a number",
                                r -> r.replace("\"epoch\":1", "\"epoch\":1.5"),
                                "epoch: is missing or of another type"),
                        new Case(
                                "a number for a text",
                                r -> r.replace("\"hunter2 words\"", "42"),
                                "prompt.words: is missing or of another type"),
                        new Case(
                                "a number for an open value",
                                r -> r.replace("\"SMS\"", "42"),
                                "prompt.type: is missing or of another type"),
                        new Case(
                                "no id",
                                r ->
                                        r.replace(
                                                "\"epoch\":1",
                                                "\"epoch\":1,\"retryOf\":\"hunter2\""),
                                "retryOf: is missing or of another type"),
                        new Case(
                                "a time that no database keeps",
                                r -> r.replace("\"deadline\":\"2026", "\"deadline\":\"+10000"),
                                "deadline: is missing or of another type"),
                        new Case(
                                "no time",
                                r -> r.replace("\"deadline\":\"2026", "\"deadline\":\"hunter2"),
                                "deadline: is missing or of another type"),
                        new Case(
                                "a null in a list",
                                r -> r.replace("\"methods\":[]", "\"methods\":[null]"),
                                "prompt: is missing or of another type"),
                        new Case(
                                "reply to elsewhere",
                                r -> r.set("REPLY_TOPIC", SECRET),
                                "REPLY_TOPIC: must be twofa.replies.v1"),
                        new Case(
                                "reply to nothing",
                                r -> r.set("REPLY_TOPIC", (byte[]) null),
                                "REPLY_TOPIC: must be twofa.replies.v1"),
                        new Case(
                                "no partition",
                                r -> r.headers.remove("REPLY_PARTITION"),
                                PARTITION),
                        new Case(
                                "partition in digits",
                                r -> r.set("REPLY_PARTITION", "7"),
                                PARTITION),
                        new Case(
                                "null partition",
                                r -> r.set("REPLY_PARTITION", (byte[]) null),
                                PARTITION),
                        new Case(
                                "partition in 8 bytes",
                                r -> r.set("REPLY_PARTITION", new byte[8]),
                                PARTITION),
                        new Case(
                                "partition that is not there",
                                r -> r.set("REPLY_PARTITION", four(32)),
                                "REPLY_PARTITION=32: must be from 0 to 31"),
                        new Case(
                                "negative partition",
                                r -> r.set("REPLY_PARTITION", four(-1)),
                                "REPLY_PARTITION=-1: must be from 0 to 31"),
                        new Case(
                                "no correlation id",
                                r -> r.headers.remove("REPLY_CORRELATION_ID"),
                                ID_LENGTH),
                        new Case(
                                "empty correlation id",
                                r -> r.set("REPLY_CORRELATION_ID", ""),
                                ID_LENGTH),
                        new Case(
                                "too long correlation id",
                                r -> r.set("REPLY_CORRELATION_ID", SECRET.repeat(10)),
                                ID_LENGTH)));
        return cases.stream();
    }

    private static byte[] four(int partition) {
        return ByteBuffer.allocate(4).putInt(partition).array();
    }

    @ParameterizedTest
    @MethodSource("undecodable")
    void whatIsNoMessageIsNamedWithoutItsContent(Case damaged) {
        Rec record = new Rec();
        damaged.damage().accept(record);
        assertThat(record.decode()).isEqualTo(new Decoded.Undecodable(damaged.reason()));
        assertThat(damaged.reason()).doesNotContain(SECRET);
    }

    @Test
    void theRecordThatTheCasesDamageIsGood() {
        assertThat(new Rec().decode())
                .isEqualTo(new Decoded.Known(OPEN, new ReplyAddress(7, "waiter-1"), TRACE));
    }

    @Test
    void theLimitsOfAReplyAddressAreTaken() {
        for (int partition : List.of(0, 31)) {
            Rec record = new Rec();
            record.set("REPLY_PARTITION", four(partition));
            record.set("REPLY_CORRELATION_ID", "i".repeat(64));
            assertThat(record.decode())
                    .isEqualTo(
                            new Decoded.Known(
                                    OPEN, new ReplyAddress(partition, "i".repeat(64)), TRACE));
        }
    }

    @Test
    void aRequestWithoutReplyTopicAsksForNoReply() {
        Rec record = new Rec();
        record.headers.remove("REPLY_TOPIC");
        record.headers.remove("traceparent");
        assertThat(record.decode()).isEqualTo(new Decoded.Known(OPEN, null, null));
    }

    @Test
    void aReplyCarriesTheCorrelationIdAloneAndGoesToTheWaitersPartition() {
        CodeGiven reply = new CodeGiven(ID, ID, NOW, ID, 1, "sealed");
        ProducerRecord<String, byte[]> record =
                Codec.encodeReply(reply, Principal.TWOFA, null, new ReplyAddress(31, "waiter-1"));
        assertThat(record.topic()).isEqualTo("twofa.replies.v1");
        assertThat(record.partition()).isEqualTo(31);
        assertThat(record.key()).isEqualTo(ID.toString());
        assertThat(record.headers())
                .extracting(h -> h.key())
                .filteredOn(key -> key.startsWith("REPLY_"))
                .containsExactly("REPLY_CORRELATION_ID");
        assertThat(ReplyAddress.correlationId(record.headers())).isEqualTo("waiter-1");
    }

    @Test
    void aMessageGoesToThePartitionOfItsKeyAndNamesItsWriter() {
        CancelRun cancel = new CancelRun(ID, ID, ID, NOW, ID);
        ProducerRecord<String, byte[]> record =
                Codec.encode(Topics.RUNS, cancel, Principal.HOME, null);
        assertThat(record.partition()).isNull();
        assertThat(record.key()).isEqualTo(ID.toString());
        assertThat(record.headers())
                .extracting(h -> h.key() + "=" + new String(h.value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(
                        "ce_specversion=1.0",
                        "ce_id=" + ID,
                        "ce_type=CancelRun",
                        "ce_source=/keyturn/home-service",
                        "ce_subject=" + ID,
                        "ce_time=2026-01-15T08:00:00Z",
                        "content-type=application/json");
    }

    @Test
    void aTopicTakesNoMessageOfAnother() {
        CancelRun cancel = new CancelRun(ID, ID, ID, NOW, ID);
        assertThatThrownBy(() -> Codec.encode(Topics.EVENTS, cancel, Principal.HOME, null))
                .hasMessage("connector.events.v1: must not hold CancelRun");
    }

    @Test
    void aMessageOfAnotherTopicIsOfAnUnknownType() {
        Rec record = new Rec();
        assertThat(Codec.decode(Topics.EVENTS, record.headers, record.value))
                .isEqualTo(new Decoded.UnknownType("OpenChallenge"));
    }
}
