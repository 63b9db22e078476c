package dev.keyturn.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What differs between a record and its schema, looked at from both sides. */
final class Drift {

    private static final Map<Class<?>, Map<String, String>> SCALARS =
            Map.of(
                    UUID.class, Map.of("type", "string", "format", "uuid"),
                    Instant.class, Map.of("type", "string", "format", "date-time"),
                    Duration.class, Map.of("type", "string", "format", "duration"),
                    String.class, Map.of("type", "string"),
                    int.class, Map.of("type", "integer", "format", "int32"),
                    Integer.class, Map.of("type", "integer", "format", "int32"),
                    long.class, Map.of("type", "integer", "format", "int64"),
                    boolean.class, Map.of("type", "boolean"));

    private final String values;
    private final List<String> found = new ArrayList<>();

    private Drift(String values) {
        this.values = values;
    }

    /**
     * @param values the folder of the values' schemas, as seen from this one
     */
    static List<String> of(Class<?> record, JsonNode schema, String values) {
        Drift drift = new Drift(values);
        drift.compare(record, schema);
        return drift.found;
    }

    private void compare(Class<?> record, JsonNode schema) {
        JsonNode properties = schema.path("properties");
        TreeSet<String> unknown = new TreeSet<>();
        properties.fieldNames().forEachRemaining(unknown::add);
        TreeSet<String> required = new TreeSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (RecordComponent component : record.getRecordComponents()) {
            String name = component.getName();
            if (!unknown.remove(name)) {
                found.add(name + ": is not in the schema");
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (nullable == required.remove(name)) {
                found.add(name + ": must be " + (nullable ? "optional" : "required"));
            }
            compareType(name, component.getGenericType(), properties.get(name));
        }
        unknown.forEach(name -> found.add(name + ": is not in the record"));
        required.stream()
                .filter(name -> properties.has(name) && !unknown.contains(name))
                .forEach(name -> found.add(name + ": is required twice"));
        required.stream()
                .filter(name -> !properties.has(name))
                .forEach(name -> found.add(name + ": is required but not described"));
    }

    private void compareType(String name, Type type, JsonNode schema) {
        if (type instanceof ParameterizedType list) {
            expect(name, schema, "type", "array");
            compareType(name + "[]", list.getActualTypeArguments()[0], schema.path("items"));
        } else if (type instanceof Class<?> value && value.isRecord()) {
            expect(name, schema, "$ref", values + value.getSimpleName() + ".json");
        } else {
            Map<String, String> scalar = SCALARS.get(type);
            if (scalar == null) {
                found.add(name + ": has a type that the contract does not use: " + type);
                return;
            }
            scalar.forEach((key, expected) -> expect(name, schema, key, expected));
        }
    }

    private void expect(String name, JsonNode schema, String key, String expected) {
        String actual = schema.path(key).asText("none");
        if (!expected.equals(actual)) {
            found.add(name + ": " + key + " must be " + expected + ", is " + actual);
        }
    }

    /** The components of a record, by name. */
    static List<String> components(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
    }
}
