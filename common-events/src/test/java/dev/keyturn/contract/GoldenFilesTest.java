package dev.keyturn.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyturn.events.LoginStarted;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.FormatKind;
import dev.keyturn.values.Reason;
import dev.keyturn.values.Trigger;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Json;
import dev.keyturn.wire.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records as they have been written since version 1: read for ever, and written the same. */
class GoldenFilesTest {

    private static final Path VALUES = Contract.GOLDEN.resolve("values");
    private static final Path LATER = Contract.GOLDEN.resolve("later");
    private static final ObjectMapper PLAIN = new ObjectMapper();

    static Stream<Contract.Type> types() {
        return Contract.types();
    }

    static Stream<Class<?>> openValues() {
        return Contract.openValues();
    }

    @ParameterizedTest
    @MethodSource("types")
    void isReadAndWrittenBackEqual(Contract.Type type) throws Exception {
        Golden golden = Golden.read(type.golden());
        Decoded.Known known = known(golden);
        assertThat(known.message()).isInstanceOf(type.record());

        ProducerRecord<String, byte[]> written = golden.encode(known);
        assertThat(written.topic()).isEqualTo(type.topic().name());
        assertThat(written.key()).isEqualTo(golden.key());
        assertThat(Golden.headers(written.headers())).isEqualTo(golden.headers());
        assertThat(PLAIN.readTree(written.value())).isEqualTo(golden.value());
    }

    @ParameterizedTest
    @MethodSource("types")
    void showsEveryComponentAndNothingElse(Contract.Type type) {
        JsonNode value = Golden.read(type.golden()).value();
        assertSame(type.record(), value);
    }

    @ParameterizedTest
    @MethodSource("types")
    void isWhatItsSchemaSays(Contract.Type type) {
        Golden golden = Golden.read(type.golden());
        assertThat(Schemas.faults(type.name() + ".json", golden.value())).isEmpty();
    }

    /** Guards the test above: a schema that accepts anything would pass it. */
    @ParameterizedTest
    @MethodSource("types")
    void withoutARequiredFieldIsNotWhatItsSchemaSays(Contract.Type type) {
        JsonNode value = Golden.read(type.golden()).value();
        for (String name : required(type)) {
            ObjectNode without = value.<ObjectNode>deepCopy();
            without.remove(name);
            assertThat(Schemas.faults(type.name() + ".json", without)).as(name).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void withoutARequiredFieldIsADeadLetterThatNamesIt(Contract.Type type) {
        Golden golden = Golden.read(type.golden());
        for (String name : required(type)) {
            if (golden.value().get(name).isArray()) {
                continue; // An absent list is an empty one.
            }
            ObjectNode without = golden.value().<ObjectNode>deepCopy();
            without.remove(name);
            assertThat(decode(golden, without))
                    .as(name)
                    .isInstanceOfSatisfying(
                            Decoded.Undecodable.class,
                            dead -> assertThat(dead.reason()).startsWith(name + ": is missing"));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void withAFieldOfAnotherTypeIsADeadLetterThatNamesIt(Contract.Type type) {
        Golden golden = Golden.read(type.golden());
        for (String name : Drift.components(type.record())) {
            ObjectNode changed = golden.value().<ObjectNode>deepCopy();
            if (changed.get(name).isTextual()) {
                changed.putObject(name).put("secret", "hunter2");
            } else {
                changed.put(name, "hunter2");
            }
            assertThat(decode(golden, changed))
                    .as(name)
                    .isInstanceOfSatisfying(
                            Decoded.Undecodable.class,
                            dead ->
                                    assertThat(dead.reason())
                                            .isEqualTo(name + ": is missing or of another type"));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void withoutItsOptionalFieldsIsReadAndWrittenBackEqual(Contract.Type type) throws Exception {
        Golden golden = Golden.read(type.golden());
        ObjectNode least = golden.value().<ObjectNode>deepCopy();
        least.retain(required(type));
        Golden shorter = new Golden(golden.topic(), golden.key(), golden.headers(), least);
        assertThat(PLAIN.readTree(golden.encode(known(shorter)).value())).isEqualTo(least);
    }

    @ParameterizedTest
    @MethodSource("openValues")
    void everyKnownValueHasAKindAndAnUnknownOneIsKept(Class<?> open) throws Exception {
        JsonNode golden = Contract.json(VALUES.resolve(open.getSimpleName() + ".json"));
        assertThat(texts(golden.get("known"))).containsExactlyElementsOf(Contract.known(open));
        assertThat(texts(golden.get("unknown"))).isNotEmpty();
        for (String text : texts(golden.get("known"))) {
            assertThat(roundTrip(open, text)).isEqualTo(text);
            assertThat(kind(open, text)).as(text).isEqualTo(text);
        }
        for (String text : texts(golden.get("unknown"))) {
            assertThat(roundTrip(open, text)).isEqualTo(text);
            assertThat(kind(open, text)).as(text).isNotEqualTo(text);
        }
    }

    @Test
    void noGoldenFileIsLeftOver() {
        assertThat(Contract.names(Contract.GOLDEN))
                .containsExactlyInAnyOrderElementsOf(
                        Contract.types().map(Contract.Type::name).toList());
        assertThat(Contract.names(VALUES))
                .containsExactlyInAnyOrderElementsOf(
                        Contract.openValues().map(Class::getSimpleName).toList());
    }

    @Test
    void unknownFieldsAreIgnoredAndAnUnknownValueIsKept() throws Exception {
        Golden golden = Golden.read(LATER.resolve("UnknownFieldAndValue.json"));
        LoginStarted started = message(golden, LoginStarted.class);
        assertThat(started.trigger()).isEqualTo(new Trigger("WEBHOOK"));
        assertThat(started.trigger().kind()).isEqualTo(Trigger.Kind.OTHER);
        assertThat(PLAIN.readTree(golden.encode(known(golden)).value()).get("trigger").asText())
                .isEqualTo("WEBHOOK");
    }

    @Test
    void unknownValuesDeepInsideAreKept() throws Exception {
        Golden golden = Golden.read(LATER.resolve("UnknownPrompt.json"));
        TwoFaRequested requested = message(golden, TwoFaRequested.class);
        assertThat(requested.prompt().type().kind()).isEqualTo(FactorType.Kind.OTHER);
        assertThat(requested.prompt().methods())
                .containsExactly(FactorType.SMS, new FactorType("PIGEON"));
        assertThat(requested.prompt().format().kind().kind()).isEqualTo(FormatKind.Kind.OTHER);
        assertThat(requested.sealTo()).isNull();

        JsonNode prompt = PLAIN.readTree(golden.encode(known(golden)).value()).get("prompt");
        assertThat(prompt.get("type").asText()).isEqualTo("FINGERPRINT");
        assertThat(prompt.get("format").get("kind").asText()).isEqualTo("EMOJI");
    }

    @Test
    void anUnknownTypeIsNamedAndNothingElse() {
        assertThat(Golden.read(LATER.resolve("UnknownType.json")).decode())
                .isEqualTo(new Decoded.UnknownType("LoginPostponed"));
    }

    @Test
    void ofAReasonTheLongestKnownPrefixCounts() {
        Golden golden = Golden.read(LATER.resolve("UnknownReason.json"));
        RunFailed failed = message(golden, RunFailed.class);
        assertThat(failed.reason().text()).isEqualTo("USER_ACTION_NEEDED.TWOFA_EXPIRED.ON_HOLIDAY");
        assertThat(failed.reason().known()).isEqualTo(Reason.TWOFA_EXPIRED);
    }

    private static List<String> required(Contract.Type type) {
        return texts(Contract.json(type.schema()).get("required"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    /** Component ↔ golden, also in what stands within. */
    private static void assertSame(Class<?> record, JsonNode value) {
        assertThat(value.fieldNames())
                .toIterable()
                .as(record.getSimpleName())
                .containsExactlyInAnyOrderElementsOf(Drift.components(record));
        for (var component : record.getRecordComponents()) {
            Class<?> inner = Contract.element(component.getGenericType());
            if (inner.isRecord() && !Contract.isOpen(inner)) {
                JsonNode node = value.get(component.getName());
                if (!node.isArray()) {
                    assertSame(inner, node);
                } else if (!node.isEmpty()) {
                    assertSame(inner, node.get(0));
                }
            }
        }
    }

    private static String roundTrip(Class<?> open, String text) throws Exception {
        Object value = Json.mapper().readValue(PLAIN.writeValueAsString(text), open);
        return PLAIN.readTree(Json.mapper().writeValueAsString(value)).asText();
    }

    /** What a reader treats the value as; of a reason, what it knows of it. */
    private static String kind(Class<?> open, String text) throws Exception {
        Object value = open.getConstructor(String.class).newInstance(text);
        String method = open == Reason.class ? "known" : "kind";
        return String.valueOf(open.getMethod(method).invoke(value));
    }

    private static Decoded decode(Golden golden, JsonNode value) {
        return new Golden(golden.topic(), golden.key(), golden.headers(), value).decode();
    }

    private static Decoded.Known known(Golden golden) {
        Decoded decoded = golden.decode();
        assertThat(decoded).isInstanceOf(Decoded.Known.class);
        return (Decoded.Known) decoded;
    }

    private static <T extends Message> T message(Golden golden, Class<T> type) {
        return type.cast(known(golden).message());
    }
}
