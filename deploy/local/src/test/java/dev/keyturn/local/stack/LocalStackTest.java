package dev.keyturn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.local.infra.Checkout;
import dev.keyturn.local.infra.FreePorts;
import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.terminal.WrongUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStackTest {

    @TempDir Path folder;

    @Test
    void dataOfANewerVersionAreRefusedByName() {
        PrivateFiles.write(folder.resolve("version"), "99.1");
        assertThatThrownBy(() -> stack().up(1))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("Keyturn 99.1")
                .hasMessageContaining(folder.toString());
        assertThat(folder.resolve("version")).hasContent("99.1");
        assertThat(folder.resolve("kafka")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "0.1.0, 0.1.0, false",
        "0.1.1, 0.1.0, true",
        "0.1.0, 0.1.1, false",
        "1.0, 0.9.9, true",
        "0.10.0, 0.9.0, true",
        "0.1.0-SNAPSHOT, 0.1.0, false",
        "0.1.0.1, 0.1.0, true"
    })
    void versionsAreComparedByNumber(String found, String own, boolean newer) {
        assertThat(Version.isNewer(found, own)).isEqualTo(newer);
    }

    @Test
    void theBuildSaysItsVersions() {
        assertThat(Version.keyturn()).matches("[0-9]+\\.[0-9]+.*");
        assertThat(Version.kafka()).matches("4\\..*");
        assertThat(Version.postgres()).matches("18\\..*");
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> PortCheck.requireFree(port, "home"))
                    .isInstanceOf(StackFailure.class)
                    .hasMessage(
                            "Port %d (home) is taken: stop what uses it, or set KEYTURN_PORT_BASE"
                                    .formatted(port));
        }
    }

    @Test
    void aPortThatOnlyTheWildcardAddressTakesIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> PortCheck.requireFree(taken.getLocalPort(), "home"))
                    .isInstanceOf(StackFailure.class);
        }
    }

    @Test
    void aFreePortIsFree() {
        PortCheck.requireFree(FreePorts.find(1).getFirst(), "home");
    }

    @Test
    void twoUpsDoNotMix() throws IOException {
        PrivateFiles.touch(folder.resolve("run/lock"));
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("run/lock"), StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            assertThatThrownBy(() -> stack().up(1))
                    .hasMessageContaining("Another ./keyturn up or down works on " + folder);
        }
    }

    @Test
    void downWithoutAStackStopsNothing() {
        assertThat(new LocalStack(settings(folder.resolve("none")), _ -> {}).down()).isEmpty();
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void wipeDeletesWhatIsOursAlone() throws IOException {
        for (String ours :
                new String[] {"kafka/data", "postgres", "secrets", "run", "cache/apps"}) {
            Files.createDirectories(folder.resolve(ours));
        }
        Files.writeString(folder.resolve("version"), "0.1.0");
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        stack().wipe();
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("thesis.txt"));
        }
    }

    @Test
    void wipeRefusesWhileSomethingRuns() {
        Running.of(ProcessHandle.current(), 1, "1")
                .write(Starting.pidFile(new HomeFolder(folder), "home"));
        Path data = PrivateFiles.folder(folder.resolve("kafka"));
        assertThatThrownBy(() -> stack().wipe()).hasMessageContaining("home still runs");
        assertThat(data).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "80", "70000", "-1", "7700x"})
    void aPortBaseThatIsNoneIsNamed(String base) {
        Map<String, String> environment =
                Map.of("KEYTURN_PORT_BASE", base, "KEYTURN_HOME", folder.toString());
        assertThatThrownBy(() -> Settings.of(environment))
                .isInstanceOf(WrongUse.class)
                .hasMessage("KEYTURN_PORT_BASE=" + base + ": must be a number from 1024 to 65000");
    }

    @Test
    void thePortBaseMovesAllPorts() {
        StackPorts ports = new StackPorts(9000);
        assertThat(ports.home()).isEqualTo(9000);
        assertThat(ports.postgres()).isEqualTo(9004);
        assertThat(ports.workerManagement(2)).isEqualTo(9021);
    }

    @Test
    void thePortsOfTheLastStartAreRemembered() {
        settings(folder).rememberPorts();
        assertThat(Settings.of(Map.of("KEYTURN_HOME", folder.toString())).ports().base())
                .isEqualTo(9100);
    }

    @Test
    void rememberedPortsThatAreNoneAreNotTheUsersFault() {
        PrivateFiles.write(folder.resolve("run/port-base"), "abc");
        assertThatThrownBy(() -> Settings.of(Map.of("KEYTURN_HOME", folder.toString())))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("run/port-base is broken");
    }

    @Test
    void settingsInAFileStayAsTheyAre() {
        Map<String, String> settings = Map.of("a", "x\\y\nz", "b", "k=\"v\"; #! :");
        Path file = folder.resolve("home.properties");
        PrivateFiles.write(file, PropertiesFile.text(settings));
        assertThat(PropertiesFile.read(file)).isEqualTo(settings);
    }

    private LocalStack stack() {
        return new LocalStack(settings(folder), _ -> {});
    }

    private static Settings settings(Path home) {
        return new Settings(Checkout.here(), new HomeFolder(home), new StackPorts(9100));
    }
}
