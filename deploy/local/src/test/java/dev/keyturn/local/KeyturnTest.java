package dev.keyturn.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.local.infra.FreePorts;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.terminal.FakeTerminal;
import dev.keyturn.wire.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyturnTest {

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final int base = FreePorts.find(1).getFirst();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "up --workers none",
                "up --workers 0",
                "up --workers 51",
                "up extra",
                "sign-in",
                "code",
                "code not-an-id",
                "events",
                "logs",
                "logs ../../etc/passwd",
                "accounts remove",
                "test --require moon",
                "down --wipe"
            })
    void wrongUseIsCode2AndSaysWhatWasExpected(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "open",
                "down",
                "status",
                "connectors",
                "accounts",
                "documents",
                "runs",
                "sign-in",
                "code",
                "events",
                "logs",
                "phone",
                "test",
                "bench",
                "chaos"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: keyturn " + command);
    }

    @Test
    void withoutAStackHomeIsUnreachable() {
        assertThat(run("accounts")).isEqualTo(12);
        assertThat(err.toString()).contains("Keyturn has never run in " + folder);
    }

    @Test
    void aStoppedStackIsUnreachable() {
        PrivateFiles.write(folder.resolve("secrets/launcher-token"), FakeHome.TOKEN);
        assertThat(run("connectors")).isEqualTo(12);
        assertThat(err.toString()).contains("Home does not answer at 127.0.0.1:" + base);
    }

    @Test
    void theStatusOfAStoppedStackNamesItsProcesses() throws Exception {
        assertThat(run("status", "--json")).isZero();
        var status = Json.mapper().readTree(out.toString());
        assertThat(status.path("home").asText()).isEqualTo("http://127.0.0.1:" + base);
        assertThat(status.path("ready").asBoolean()).isFalse();
        assertThat(status.path("processes").findValuesAsText("name"))
                .containsExactly("kafka", "postgres", "sandbox-site", "twofa", "home", "worker-1");
    }

    @Test
    void theStatusIsOfThePortsWhereTheStackRuns() throws Exception {
        int other = FreePorts.find(1).getFirst();
        ProcessHandle self = ProcessHandle.current();
        Map<String, Object> running =
                Map.of(
                        "pid",
                        self.pid(),
                        "startedAt",
                        self.info().startInstant().orElseThrow(),
                        "port",
                        other,
                        "version",
                        "1.0");
        PrivateFiles.write(
                folder.resolve("run/home.pid"), Json.mapper().writeValueAsString(running));
        PrivateFiles.write(folder.resolve("run/port-base"), String.valueOf(other));
        assertThat(run("status")).isZero();
        assertThat(err.toString())
                .isEqualTo(
                        "The stack of %s runs at KEYTURN_PORT_BASE=%d, not at %d.%n"
                                .formatted(folder, other, base));
        assertThat(out.toString())
                .contains("Home is at http://127.0.0.1:" + other + "/")
                .doesNotContain(String.valueOf(base));
    }

    @Test
    void aPortBaseThatIsNoneIsWrongUse() {
        assertThat(execute(Map.of("KEYTURN_PORT_BASE", "abc"), FakeTerminal.nobody(), "status"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("KEYTURN_PORT_BASE=abc: must be a number");
    }

    @Test
    void documentsAreThoseOfTheAccountInPlaceOfARemovedOne() {
        PrivateFiles.write(folder.resolve("secrets/launcher-token"), FakeHome.TOKEN);
        try (FakeHome home = new FakeHome()) {
            String port = String.valueOf(URI.create(home.url()).getPort());
            Map<String, String> environment =
                    Map.of("KEYTURN_HOME", folder.toString(), "KEYTURN_PORT_BASE", port);
            String removed = home.withErasedAccount("ada").lastAccount();
            assertThat(execute(environment, FakeTerminal.nobody(), "documents", "ada")).isZero();
            String kept = home.withAccount("ada").lastAccount();
            assertThat(execute(environment, FakeTerminal.nobody(), "documents", "ada")).isZero();
            assertThat(execute(environment, FakeTerminal.nobody(), "documents", removed)).isZero();
            assertThat(home.documentQueries)
                    .containsExactly("account=" + removed, "account=" + kept, "account=" + removed);
        }
    }

    @Test
    void downOfNothingIsDone() {
        assertThat(run("down")).isZero();
        assertThat(out.toString()).contains("Nothing was running.");
    }

    @Test
    void wipeAsksFirst() {
        PrivateFiles.write(folder.resolve("version"), "0.1.0");
        assertThat(execute(FakeTerminal.typing("no"), "down", "--wipe")).isEqualTo(13);
        assertThat(folder.resolve("version")).exists();
        assertThat(execute(FakeTerminal.typing("yes"), "down", "--wipe")).isZero();
        assertThat(folder.resolve("version")).doesNotExist();
    }

    @Test
    void wipeDoesNotAskWithYes() {
        PrivateFiles.write(folder.resolve("version"), "0.1.0");
        assertThat(run("down", "--wipe", "--yes")).isZero();
        assertThat(folder).doesNotExist();
    }

    @Test
    void logsShowsWhatAProcessWrote() {
        PrivateFiles.write(folder.resolve("logs/home.log"), "line one\n");
        assertThat(run("logs", "home")).isZero();
        assertThat(out.toString()).isEqualTo("line one\n");
        assertThat(run("logs", "none")).isEqualTo(2);
        assertThat(err.toString()).contains("No log of none; there are: home");
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("(?s)Keyturn [0-9]+\\.[0-9]+.*");
    }

    private int run(String... arguments) {
        return execute(FakeTerminal.nobody(), arguments);
    }

    private int execute(FakeTerminal terminal, String... arguments) {
        Map<String, String> environment =
                Map.of(
                        "KEYTURN_HOME", folder.toString(),
                        "KEYTURN_PORT_BASE", String.valueOf(base));
        return execute(environment, terminal, arguments);
    }

    private int execute(
            Map<String, String> environment, FakeTerminal terminal, String... arguments) {
        return Keyturn.commandLine(
                        environment,
                        terminal,
                        new PrintWriter(out, true),
                        new PrintWriter(err, true))
                .execute(arguments);
    }
}
