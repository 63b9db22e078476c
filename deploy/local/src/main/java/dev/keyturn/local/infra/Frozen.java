package dev.keyturn.local.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Processes that stand still, as after {@code kill -STOP}, until this is closed. */
public final class Frozen implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(2);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<ProcessHandle> processes;

    private Frozen(List<ProcessHandle> processes) {
        this.processes = processes;
    }

    /**
     * Returns when all of them stand still. A thread of a process takes the signal for all others,
     * and on a busy machine that one may get its turn long after {@code kill} has returned.
     *
     * @throws StackFailure if one of them cannot be stopped
     */
    public static Frozen freeze(Collection<ProcessHandle> processes) {
        Frozen frozen = new Frozen(List.copyOf(processes));
        try {
            frozen.processes.forEach(process -> signal(process, "STOP"));
            frozen.awaitStandstill();
            return frozen;
        } catch (RuntimeException e) {
            frozen.close(); // none stays behind
            throw e;
        }
    }

    private void awaitStandstill() {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (ProcessHandle process : processes) {
            while (process.isAlive() && !standsStill(process)) {
                if (System.nanoTime() > end) {
                    throw new StackFailure("Process " + process.pid() + " does not stand still");
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    /** Lets processes go on that somebody else has stopped. */
    public static void thaw(Collection<ProcessHandle> processes) {
        processes.forEach(process -> signal(process, "CONT"));
    }

    /** Lets them go on. */
    @Override
    public void close() {
        thaw(processes);
    }

    private static boolean standsStill(ProcessHandle process) {
        Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
        try (Stream<Path> each = Files.list(threads)) {
            return each.allMatch(Frozen::isStopped);
        } catch (NoSuchFileException _) {
            return true; // it has ended
        } catch (IOException e) {
            throw new StackFailure("Cannot read " + threads, e);
        }
    }

    // After the name, which stands in brackets and may hold anything: "(name) T …".
    private static boolean isStopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.startsWith(" T ", stat.lastIndexOf(')') + 1);
        } catch (IOException _) {
            return true; // a thread that has ended
        }
    }

    private static void signal(ProcessHandle process, String signal) {
        Commands.Result result =
                Commands.tryRun(List.of("kill", "-" + signal, String.valueOf(process.pid())));
        // One that has ended meanwhile stands still for good.
        if (result.code() != 0 && process.isAlive()) {
            throw new StackFailure(
                    "kill -" + signal + " " + process.pid() + " failed: " + result.output());
        }
    }
}
