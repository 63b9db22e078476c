package dev.keyturn.local.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InfrastructureTest {

    private static final Infrastructure STACK = Infrastructure.forTests();

    @Test
    void thereIsOneInAJvm() {
        assertThat(Infrastructure.forTests().serviceConfig("home"))
                .isEqualTo(STACK.serviceConfig("home"));
    }

    @Test
    void noSecretIsInACommandLine() throws IOException {
        List<String> secrets = secrets();
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(9);
        List<String> lines =
                ProcessHandle.allProcesses()
                        .map(p -> p.info().commandLine().orElse(""))
                        .filter(line -> line.contains(STACK.folder().toString()))
                        .toList();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
        assertThat(lines).noneMatch(line -> secrets.stream().anyMatch(line::contains));
    }

    @Test
    void noSecretIsInALog() throws IOException {
        List<String> secrets = secrets();
        try (Stream<Path> logs = Files.list(STACK.folder().resolve("logs"))) {
            assertThat(logs.map(PrivateFiles::read))
                    .hasSize(2)
                    .noneMatch(log -> secrets.stream().anyMatch(log::contains));
        }
    }

    @Test
    void secretsAreForTheirOwnerOnly() throws IOException {
        Path folder = STACK.folder().resolve("secrets");
        assertThat(mode(STACK.folder())).isEqualTo("rwx------");
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(STACK.folder().resolve("kafka/server.properties"))).isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).allMatch(file -> mode(file).equals("rw-------"));
        }
    }

    @Test
    void whatIsClosedLeavesNothing() {
        Infrastructure own = Infrastructure.startNew();
        List<ProcessHandle> processes =
                ProcessHandle.allProcesses()
                        .filter(
                                p ->
                                        p.info()
                                                .commandLine()
                                                .orElse("")
                                                .contains(own.folder().toString()))
                        .toList();
        assertThat(processes).hasSizeGreaterThanOrEqualTo(2);
        own.close();
        await().untilAsserted(() -> assertThat(processes).noneMatch(ProcessHandle::isAlive));
        assertThat(own.folder()).doesNotExist();
    }

    private static List<String> secrets() throws IOException {
        try (Stream<Path> files = Files.list(STACK.folder().resolve("secrets"))) {
            return files.filter(f -> !f.toString().endsWith(".json"))
                    .map(PrivateFiles::read)
                    .toList();
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw PrivateFiles.failure(file, e);
        }
    }
}
