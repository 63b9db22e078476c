package dev.keyturn.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What others compile against and what stands on the wire, frozen in a text file. */
class PublicSurfaceTest {

    private static final Path FROZEN = Path.of("src/test/resources/public-surface.txt");
    private static final Path ACTUAL = Path.of("target/public-surface.txt");

    @Test
    void noNameAndNoTypeHasChanged() throws Exception {
        String actual =
                Stream.of(
                                Contract.types().map(t -> line(t.topic().name(), t.record())),
                                Contract.parts().map(p -> line("part", p)),
                                Contract.openValues()
                                        .map(o -> "value " + o.getName() + Contract.known(o)))
                        .flatMap(lines -> lines.sorted())
                        .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(ACTUAL, actual);
        assertThat(actual)
                .as(
                        "The contract differs from %s. Only optional fields, new types and new"
                                + " values may be added; then copy %s there.",
                        FROZEN, ACTUAL)
                .isEqualTo(Files.readString(FROZEN));
    }

    private static String line(String where, Class<?> record) {
        return where
                + " "
                + record.getName()
                + Arrays.stream(record.getRecordComponents())
                        .map(PublicSurfaceTest::component)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String component(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        return (type.isAnnotationPresent(Nullable.class) ? "?" : "")
                + component.getGenericType().getTypeName().replaceAll("\\b[a-z]+\\.(?=\\w)", "")
                + " "
                + component.getName();
    }
}
