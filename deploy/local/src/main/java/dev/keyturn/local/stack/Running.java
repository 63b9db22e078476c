package dev.keyturn.local.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that was started, as its pid file tells it.
 *
 * @param startedAt as the system says, so that another process that got the same id later is known
 *     for another
 */
record Running(long pid, Instant startedAt, int port, String version) {

    /** The system derives start times from its clock, which may be set meanwhile. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

    static Running of(ProcessHandle process, int port, String version) {
        Instant startedAt = process.info().startInstant().orElseGet(Instant::now);
        return new Running(process.pid(), startedAt, port, version);
    }

    /** What the file says, if the process that it names still runs. */
    static Optional<Running> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Running running = Json.mapper().readValue(PrivateFiles.read(file), Running.class);
            return Optional.of(running).filter(r -> r.process().isPresent());
        } catch (JsonProcessingException e) {
            throw new StackFailure(file + " is broken: it must name a process", e);
        }
    }

    void write(Path file) {
        try {
            PrivateFiles.write(file, Json.mapper().writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new StackFailure("Cannot write " + file, e);
        }
    }

    /** The process, unless it has ended, whoever has its id now. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(p -> !isZombie(pid))
                .filter(p -> p.info().startInstant().filter(this::isOurStart).isPresent());
    }

    private boolean isOurStart(Instant start) {
        return Duration.between(startedAt, start).abs().compareTo(CLOCK_SLACK) <= 0;
    }

    /** Ended, but nobody has asked how: common where process 1 of a container is no init. */
    static boolean isZombie(long pid) {
        Path stat = Path.of("/proc", String.valueOf(pid), "stat");
        try {
            String text = Files.readString(stat);
            return text.startsWith("Z", text.lastIndexOf(')') + 2);
        } catch (IOException _) {
            return false;
        }
    }
}
