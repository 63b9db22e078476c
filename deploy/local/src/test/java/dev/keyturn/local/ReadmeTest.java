package dev.keyturn.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.local.terminal.FakeTerminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the first pages claim is so. */
class ReadmeTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern CALL = Pattern.compile("\\./keyturn ([a-z-]+)([^`'\n]*)");
    private static final Pattern OPTION = Pattern.compile("(?<=[ \\[])-{1,2}[a-z][a-z-]*");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z/-]+)` \\|[^|]*\\|([^|]*)\\|");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+)`");

    private final Map<String, CommandLine> commands =
            Keyturn.commandLine(
                            Map.of(),
                            FakeTerminal.nobody(),
                            new PrintWriter(new StringWriter()),
                            new PrintWriter(new StringWriter()))
                    .getSubcommands();

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md"})
    void everyCommandThatIsShownExistsWithItsOptions(String page) {
        List<String> calls = new ArrayList<>();
        Matcher call = CALL.matcher(text(page).replaceAll("\\\\\n\\s*", ""));
        while (call.find()) {
            calls.add(call.group());
            assertThat(commands).as(call.group()).containsKey(call.group(1));
            CommandLine command = Objects.requireNonNull(commands.get(call.group(1)));
            Matcher option = OPTION.matcher(call.group(2));
            while (option.find()) {
                assertThat(command.getCommandSpec().optionsMap())
                        .as(call.group())
                        .containsKey(option.group());
            }
        }
        assertThat(calls).hasSizeGreaterThan(3);
    }

    @Test
    void everyCommandIsInTheTable() {
        String table =
                text("README.md")
                        .lines()
                        .filter(line -> line.startsWith("| `./keyturn "))
                        .reduce("", String::concat);
        TreeSet<String> missing = new TreeSet<>(commands.keySet());
        missing.removeIf(c -> Pattern.compile("[`n ]" + c + "[` ]").matcher(table).find());
        assertThat(missing).isEmpty();
    }

    @Test
    void everyClassToOpenFirstIsInItsFolder() throws IOException {
        List<String> named = new ArrayList<>();
        Matcher row = ROW.matcher(text("README.md"));
        while (row.find()) {
            assertThat(ROOT.resolve(row.group(1))).isDirectory();
            Matcher type = CLASS.matcher(row.group(2));
            while (type.find()) {
                named.add(type.group(1));
                try (Stream<Path> files = Files.walk(ROOT.resolve(row.group(1)).resolve("src"))) {
                    assertThat(files.map(f -> String.valueOf(f.getFileName())))
                            .as(row.group(1))
                            .contains(type.group(1) + ".java");
                }
            }
        }
        assertThat(named).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs/security.md"})
    void everyLinkToAFileLeadsSomewhere(String page) {
        Matcher link = LINK.matcher(text(page));
        while (link.find()) {
            if (!link.group(1).startsWith("https://")) {
                assertThat(ROOT.resolve(page).resolveSibling(link.group(1))).exists();
            }
        }
    }

    private static String text(String page) {
        try {
            return Files.readString(ROOT.resolve(page));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
