package dev.keyturn.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.local.infra.Checkout;
import dev.keyturn.local.infra.Detached;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script at the top, in a checkout of its own where nothing is built. */
class ScriptTest {

    private static final List<String> TOOLS =
            List.of(
                    "cat",
                    "date",
                    "dirname",
                    "find",
                    "grep",
                    "head",
                    "mkdir",
                    "mv",
                    "readlink",
                    "rm",
                    "rmdir",
                    "sed",
                    "sleep",
                    "tail");

    @TempDir Path folder;

    private Path checkout = Path.of("");
    private Path tools = Path.of("");

    @BeforeEach
    void copyScript() throws IOException {
        checkout = Files.createDirectory(folder.resolve("my checkout"));
        tools = Files.createDirectory(folder.resolve("bin"));
        Files.copy(Checkout.here().root().resolve("keyturn"), checkout.resolve("keyturn"));
        for (String tool : TOOLS) {
            Path program = Detached.onPath(tool);
            assertThat(program).as(tool).isNotNull();
            program(tool, "exec '" + program + "' \"$@\"");
        }
    }

    @Test
    void saysInOneLineWhatIsMissing() throws Exception {
        Said said = run(checkout.resolve("keyturn"), "up");
        assertThat(said.code()).isEqualTo(12);
        assertThat(said.text())
                .isEqualTo(
                        "keyturn: missing: Node 20.19 or newer, npm, curl. The README says how to"
                                + " get it.\n");
    }

    @Test
    void anOldNodeIsMissing() throws Exception {
        program("node", "echo v18.20.4");
        program("npm", "");
        program("curl", "");
        assertThat(run(checkout.resolve("keyturn"), "up").text())
                .startsWith("keyturn: missing: Node 20.19 or newer.");
    }

    @Test
    void aBuildThatFailsIsToldInShort() throws Exception {
        program("node", "echo v20.19.0");
        program("npm", "");
        program("curl", "");
        program("../my checkout/mvnw", "echo '[ERROR] something is wrong'; echo noise; exit 1");
        Said said = run(checkout.resolve("keyturn"), "up");
        assertThat(said.code()).isEqualTo(12);
        assertThat(said.text())
                .contains("[ERROR] something is wrong")
                .contains("keyturn: the build failed; all of it is in")
                .doesNotContain("noise");
        assertThat(checkout.resolve("target/keyturn-build.lock")).doesNotExist();
        assertThat(checkout.resolve("target/keyturn-built")).doesNotExist();
    }

    @Test
    void theLockOfABuildThatDiedIsTaken() throws Exception {
        program("node", "echo v24.1.0");
        program("npm", "");
        program("curl", "");
        program("../my checkout/mvnw", "exit 1");
        Files.createDirectories(checkout.resolve("target/keyturn-build.lock"));
        Files.writeString(checkout.resolve("target/keyturn-build.lock/pid"), "999999999\n");
        assertThat(run(checkout.resolve("keyturn"), "up").text())
                .contains("the build failed")
                .doesNotContain("Waiting for another build");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLockWhoseHolderDiedBeforeItSaidWhoItIsIsTaken(boolean begun) throws Exception {
        program("node", "echo v24.1.0");
        program("npm", "");
        program("curl", "");
        program("sleep", "");
        program("../my checkout/mvnw", "exit 1");
        Path lock = Files.createDirectories(checkout.resolve("target/keyturn-build.lock"));
        if (begun) {
            Files.createFile(lock.resolve("pid"));
        }
        assertThat(run(checkout.resolve("keyturn"), "up").text())
                .contains("Waiting for another build", "the build failed");
        assertThat(lock).doesNotExist();
    }

    @Test
    void testRunsMavenBetweenTheTwoHalvesOfTheLauncher() throws Exception {
        program("node", "echo v20.19.0");
        program("npm", "");
        program("curl", "");
        program("../my checkout/mvnw", "echo \"mvnw $* CHROMIUM=$CHROMIUM\"; exit 3");
        Files.createDirectories(checkout.resolve("deploy/local/target/lib"));
        Said said =
                run(
                        fakeJdk(),
                        checkout.resolve("keyturn"),
                        "test",
                        "--require",
                        "browser,keycloak");
        assertThat(said.text().lines())
                .hasSize(2)
                .first()
                .isEqualTo("mvnw -B -T 3 verify --fail-at-end CHROMIUM=/opt/a browser");
        assertThat(said.text())
                .containsPattern(
                        "java test --maven-result 3 --since [0-9]+ --require browser,keycloak");
        assertThat(said.code()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheTestsBuiltIsNotBuiltAgain(boolean passed) throws Exception {
        program("node", "echo v20.19.0");
        program("npm", "");
        program("curl", "");
        program("../my checkout/mvnw", "exit " + (passed ? 0 : 3));
        Files.createDirectories(checkout.resolve("deploy/local/target/lib"));
        run(fakeJdk(), checkout.resolve("keyturn"), "test", "--require", "browser,keycloak");
        Path stamp = checkout.resolve("target/keyturn-built");
        assertThat(Files.exists(stamp)).as("the stamp of a whole build").isEqualTo(passed);
    }

    @Test
    void aWrongArgumentOfTestIsToldBeforeTheBuild() throws Exception {
        program("node", "echo v20.19.0");
        program("npm", "");
        program("curl", "");
        program("../my checkout/mvnw", "echo built");
        Files.createDirectories(checkout.resolve("deploy/local/target/lib"));
        Said said = run(fakeJdk(), checkout.resolve("keyturn"), "test", "--wrong");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).doesNotContain("built");
    }

    /** A JDK whose java says how it was called; 2 is its answer to what it does not know. */
    private Path fakeJdk() throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdk/bin")).resolveSibling("");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        program("../jdk/bin/javac", "");
        program(
                "../jdk/bin/java",
                """
                while [ "$1" != dev.keyturn.local.Keyturn ]; do shift; done
                shift
                case "$*" in
                  *--wrong*) exit 2 ;;
                  *--before*) echo '/opt/a browser' ;;
                  *) echo "java $*"; exit 7 ;;
                esac
                """);
        return jdk;
    }

    @Test
    void isFoundThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("kt"), checkout.resolve("keyturn"));
        assertThat(run(link, "up").text()).startsWith("keyturn: missing: Node");
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Said(int code, String text) {}

    private Said run(Path script, String... arguments) throws Exception {
        return run(Path.of(System.getProperty("java.home", "")), script, arguments);
    }

    private Said run(Path jdk, Path script, String... arguments) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                        java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of("/bin/sh", script.toString()),
                                        java.util.stream.Stream.of(arguments))
                                .toList());
        builder.environment().clear();
        builder.environment()
                .putAll(
                        Map.of(
                                "PATH", tools.toString(),
                                "HOME", folder.toString(),
                                "JAVA_HOME", jdk.toString()));
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
