package dev.keyturn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.infra.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {

    @TempDir Path folder;

    @Test
    void aProcessThatRunsIsFoundByItsFile() throws IOException {
        Path file = folder.resolve("home.pid");
        Running self = Running.of(ProcessHandle.current(), 7700, "1.0");
        self.write(file);
        assertThat(Running.read(file)).contains(self);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anotherProcessWithTheSameIdIsNotOurs() {
        Path file = folder.resolve("home.pid");
        Instant earlier = start().minus(Duration.ofHours(1));
        new Running(ProcessHandle.current().pid(), earlier, 7700, "1.0").write(file);
        assertThat(Running.read(file)).isEmpty();
    }

    @Test
    void aClockThatWasSetALittleMakesNoOtherProcess() {
        Path file = folder.resolve("home.pid");
        Instant shifted = start().plus(Duration.ofMillis(1500));
        new Running(ProcessHandle.current().pid(), shifted, 7700, "1.0").write(file);
        assertThat(Running.read(file)).isPresent();
    }

    @Test
    void aProcessThatHasEndedDoesNotRun() throws Exception {
        Process process = new ProcessBuilder("true").start();
        Running running = Running.of(process.toHandle(), 7700, "1.0");
        process.waitFor();
        assertThat(running.process()).isEmpty();
    }

    @Test
    void noFileIsNoProcess() {
        assertThat(Running.read(folder.resolve("none.pid"))).isEmpty();
    }

    @Test
    void aBrokenFileIsNamed() {
        Path file = folder.resolve("home.pid");
        PrivateFiles.write(file, "nonsense");
        assertThatThrownBy(() -> Running.read(file))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining(file.toString());
    }

    private static Instant start() {
        return ProcessHandle.current().info().startInstant().orElseThrow();
    }
}
