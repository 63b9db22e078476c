package dev.keyturn.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.keyturn.wire.Message;
import dev.keyturn.wire.MessageTypes;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The contract twice: as it is written in Java, and as its documents say it. */
final class Contract {

    static final Path RESOURCES = Path.of("src/main/resources");
    static final Path SCHEMAS = RESOURCES.resolve("schemas");
    static final Path GOLDEN = Path.of("src/test/resources/golden/v1");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Contract() {}

    /** A record of a topic. */
    record Type(Topic topic, Class<? extends Message> record) {
        String name() {
            return record.getSimpleName();
        }

        Path schema() {
            return SCHEMAS.resolve(name() + ".json");
        }

        Path golden() {
            return GOLDEN.resolve(name() + ".json");
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static Stream<Type> types() {
        return Topics.all().stream().flatMap(Contract::types);
    }

    static Stream<Type> types(Topic topic) {
        return MessageTypes.of(topic.families()).values().stream().map(r -> new Type(topic, r));
    }

    /** Records that stand within others and have several fields. */
    static Stream<Class<?>> parts() {
        return values().stream().filter(type -> !isOpen(type));
    }

    /** Texts of which a newer version may write others. */
    static Stream<Class<?>> openValues() {
        return values().stream().filter(Contract::isOpen);
    }

    static boolean isOpen(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components.length == 1
                && components[0].getAccessor().isAnnotationPresent(JsonValue.class);
    }

    /** The texts of an open value that this version knows, in the order of its constants. */
    static List<String> known(Class<?> open) {
        return Arrays.stream(open.getFields())
                .filter(f -> Modifier.isStatic(f.getModifiers()) && f.getType() == open)
                .map(
                        field -> {
                            try {
                                return String.valueOf(field.get(null));
                            } catch (IllegalAccessException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .toList();
    }

    private static Set<Class<?>> values() {
        Set<Class<?>> found = new LinkedHashSet<>();
        types().forEach(type -> collect(type.record(), found));
        return found;
    }

    private static void collect(Class<?> record, Set<Class<?>> found) {
        for (RecordComponent component : record.getRecordComponents()) {
            Class<?> type = element(component.getGenericType());
            if (type.isRecord() && found.add(type)) {
                collect(type, found);
            }
        }
    }

    /** The type itself, or that of a list's elements. */
    static Class<?> element(java.lang.reflect.Type type) {
        return (Class<?>)
                (type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type);
    }

    static JsonNode json(Path file) {
        return read(JSON, file);
    }

    static JsonNode yaml(Path file) {
        return read(YAML, file);
    }

    private static JsonNode read(ObjectMapper mapper, Path file) {
        try {
            return mapper.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names, without their ending, of the JSON files of a folder. */
    static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> f.getFileName().toString().replaceFirst("\\.json$", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
