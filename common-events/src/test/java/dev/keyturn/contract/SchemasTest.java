package dev.keyturn.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {

    private static final Path VALUES = Contract.SCHEMAS.resolve("values");

    static Stream<Contract.Type> types() {
        return Contract.types();
    }

    static Stream<Class<?>> parts() {
        return Contract.parts();
    }

    static Stream<Class<?>> openValues() {
        return Contract.openValues();
    }

    @ParameterizedTest
    @MethodSource("types")
    void recordAndSchemaSayTheSame(Contract.Type type) {
        JsonNode schema = Contract.json(type.schema());
        assertThat(Drift.of(type.record(), schema, "values/")).isEmpty();
        assertThat(schema.get("title").asText()).isEqualTo(type.name());
        assertThat(Schemas.faultsOfSchema(schema)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("parts")
    void partAndSchemaSayTheSame(Class<?> part) {
        JsonNode schema = Contract.json(VALUES.resolve(part.getSimpleName() + ".json"));
        assertThat(Drift.of(part, schema, "")).isEmpty();
        assertThat(Schemas.faultsOfSchema(schema)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("openValues")
    void openValueNamesWhatIsKnownAndAllowsMore(Class<?> open) {
        JsonNode schema = Contract.json(VALUES.resolve(open.getSimpleName() + ".json"));
        assertThat(schema.get("type").asText()).isEqualTo("string");
        assertThat(schema.has("enum")).isFalse();
        assertThat(schema.get("examples"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(Contract.known(open));
        assertThat(Schemas.faultsOfSchema(schema)).isEmpty();
    }

    /** Who reads a command that ends a queued run ends it at the epoch that it has. */
    @ParameterizedTest
    @ValueSource(strings = {"RunFailed", "LoginFailed"})
    void aRunThatWasNeverClaimedMayFail(String name) {
        ObjectNode value =
                Contract.json(Contract.GOLDEN.resolve(name + ".json")).get("value").deepCopy();
        value.put("epoch", 0);
        assertThat(Schemas.faults(name + ".json", value)).isEmpty();
        value.put("epoch", -1);
        assertThat(Schemas.faults(name + ".json", value)).isNotEmpty();
    }

    @Test
    void noSchemaIsLeftOver() {
        assertThat(Contract.names(Contract.SCHEMAS))
                .containsExactlyInAnyOrderElementsOf(
                        Contract.types().map(Contract.Type::name).toList());
        assertThat(Contract.names(VALUES))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Contract.parts(), Contract.openValues())
                                .map(Class::getSimpleName)
                                .toList());
    }

    record Sample(UUID id, @Nullable Integer count, List<String> names) {}

    private static final String SAMPLE =
            """
            {"properties": {"id": {"type": "string", "format": "uuid"},
                            "count": {"type": "integer", "format": "int32"},
                            "names": {"type": "array", "items": {"type": "string"}}},
             "required": ["id", "names"]}
            """;

    static Stream<List<String>> drifts() {
        return Stream.of(
                List.of("\"uuid\"", "\"date\"", "id: format must be uuid, is date"),
                List.of("\"integer\"", "\"string\"", "count: type must be integer, is string"),
                List.of("\"count\"", "\"number\"", "count: is not in the schema"),
                List.of("\"count\"", "\"number\"", "number: is not in the record"),
                List.of("[\"id\", ", "[", "id: must be required"),
                List.of("[\"id\", ", "[\"id\", \"count\", ", "count: must be optional"),
                List.of("[\"id\", ", "[\"id\", \"x\", ", "x: is required but not described"),
                List.of(
                        "\"items\": {\"type\": \"string\"}",
                        "\"items\": {\"type\": \"object\"}",
                        "names[]: type must be string, is object"));
    }

    @Test
    void aFaithfulSchemaHasNoDrift() throws Exception {
        assertThat(Drift.of(Sample.class, new ObjectMapper().readTree(SAMPLE), "")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("drifts")
    void everyDriftIsNoticed(List<String> drift) throws Exception {
        String changed = SAMPLE.replace(drift.get(0), drift.get(1));
        assertThat(changed).isNotEqualTo(SAMPLE);
        assertThat(Drift.of(Sample.class, new ObjectMapper().readTree(changed), ""))
                .contains(drift.get(2));
    }
}
