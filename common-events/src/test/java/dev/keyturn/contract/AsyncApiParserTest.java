package dev.keyturn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AsyncAPI page, judged by AsyncAPI's own parser. */
class AsyncApiParserTest {

    private static final Path SOURCE = Path.of("src/test/asyncapi");
    private static final Path CHECK = Path.of("target/asyncapi").toAbsolutePath();
    private static final Path PAGE = Contract.RESOURCES.resolve("asyncapi.yaml").toAbsolutePath();

    record Outcome(int code, String output) {}

    /** The parser stays in target until its lock file changes. */
    @BeforeAll
    static void installTheParser() throws Exception {
        Files.createDirectories(CHECK);
        Path installed = CHECK.resolve("installed-lock.json");
        Path lock = SOURCE.resolve("package-lock.json");
        copy(SOURCE.resolve("validate.mjs"), CHECK.resolve("validate.mjs"));
        if (Files.exists(installed) && Files.readString(installed).equals(Files.readString(lock))) {
            return;
        }
        copy(SOURCE.resolve("package.json"), CHECK.resolve("package.json"));
        copy(lock, CHECK.resolve("package-lock.json"));
        Outcome npm =
                run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
        assertThat(npm.code()).as("npm ci: %s", npm.output()).isZero();
        copy(lock, installed);
    }

    @Test
    void thePageIsValid() throws Exception {
        Outcome outcome = run("node", "validate.mjs", PAGE.toString());
        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("AsyncAPI 3.0.0", (Contract.types().count() + 1) + " messages");
    }

    @Test
    void aPageThatNamesAMessageWhichIsNotThereIsRefused(@TempDir Path folder) throws Exception {
        Outcome outcome = runBroken(folder, "messages/RunQueued'", "messages/RunForgotten'");
        assertThat(outcome.code()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output()).contains("RunForgotten");
    }

    @Test
    void aPageWhoseSchemaIsNotThereIsRefused(@TempDir Path folder) throws Exception {
        Outcome outcome = runBroken(folder, "schemas/RunQueued.json", "schemas/RunForgotten.json");
        assertThat(outcome.code()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output()).contains("RunForgotten");
    }

    private static Outcome runBroken(Path folder, String text, String instead) throws Exception {
        try (Stream<Path> files = Files.walk(PAGE.resolveSibling("schemas"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(PAGE.getParent().relativize(file).toString());
                Files.createDirectories(copy.getParent());
                copy(file, copy);
            }
        }
        String page = Files.readString(PAGE);
        assertThat(page).contains(text);
        Path broken = folder.resolve("asyncapi.yaml");
        Files.writeString(broken, page.replaceFirst(text, instead));
        return run("node", "validate.mjs", broken.toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Outcome run(String... command) throws Exception {
        Path output = Files.createTempFile("keyturn-asyncapi", ".log");
        try {
            Process process =
                    new ProcessBuilder(List.of(command))
                            .directory(CHECK.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return fail(command[0] + ": must end within 5 minutes");
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            return fail(command[0] + ": must be on the path (Node 20.19 or newer, with npm)", e);
        } finally {
            Files.delete(output);
        }
    }
}
