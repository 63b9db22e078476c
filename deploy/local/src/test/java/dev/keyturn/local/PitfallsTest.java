package dev.keyturn.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of what others got wrong names tests that are there, one at least for each. */
class PitfallsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+)#([a-z][A-Za-z]+)`");

    private final Map<String, String> sources = sources();

    @Test
    void everyPitfallNamesATestThatIsThere() {
        List<String> rows =
                read(ROOT.resolve("docs/pitfalls.md"))
                        .lines()
                        .filter(line -> line.startsWith("| "))
                        .skip(2)
                        .toList();
        assertThat(rows).hasSizeGreaterThan(30).allSatisfy(this::namesATest);
    }

    private void namesATest(String row) {
        Matcher named = NAMED.matcher(row);
        boolean isOne = false;
        while (named.find()) {
            isOne = true;
            assertThat(sources).containsKey(named.group(1));
            assertThat(sources.get(named.group(1)))
                    .as(named.group())
                    .contains(" " + named.group(2) + "(");
        }
        assertThat(isOne).as(row).isTrue();
    }

    private static Map<String, String> sources() {
        Map<String, String> sources = new HashMap<>();
        Stream.concat(children(ROOT), children(ROOT).flatMap(PitfallsTest::children))
                .map(module -> module.resolve("src/test/java"))
                .filter(Files::isDirectory)
                .flatMap(PitfallsTest::classes)
                .forEach(
                        file ->
                                sources.merge(
                                        String.valueOf(file.getFileName()).replace(".java", ""),
                                        read(file),
                                        String::concat));
        return sources;
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> classes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
