package dev.keyturn.local.stack;

import dev.keyturn.local.infra.PostgresProcess;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Stops processes: the services first, then what they stand on. */
final class Stopping {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final Consumer<String> progress;

    Stopping(Consumer<String> progress) {
        this.progress = progress;
    }

    void stop(Map<String, ProcessHandle> processes) {
        stop(processes, false);
        stop(processes, true);
    }

    private void stop(Map<String, ProcessHandle> processes, boolean infrastructure) {
        CompletableFuture.allOf(
                        processes.entrySet().stream()
                                .filter(e -> infrastructure == isInfrastructure(e.getKey()))
                                .map(e -> stop(e.getKey(), e.getValue()))
                                .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private static boolean isInfrastructure(String name) {
        return name.equals("kafka") || name.equals("postgres");
    }

    private CompletableFuture<Void> stop(String name, ProcessHandle process) {
        return CompletableFuture.runAsync(
                () -> {
                    if (ended(process, Duration.ofMillis(1))) {
                        return;
                    }
                    ask(name, process);
                    if (ended(process, GRACE)) {
                        progress.accept(name + " has stopped");
                        return;
                    }
                    process.destroyForcibly();
                    ended(process, GRACE);
                    progress.accept(
                            "%s did not stop within %d s and was killed"
                                    .formatted(name, GRACE.toSeconds()));
                },
                THREADS);
    }

    private static void ask(String name, ProcessHandle process) {
        if (name.equals("postgres")) {
            PostgresProcess.interrupt(process);
        } else {
            process.destroy();
        }
    }

    private static boolean ended(ProcessHandle process, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        do {
            if (!process.isAlive() || Running.isZombie(process.pid())) {
                return true;
            }
            try {
                process.onExit().get(25, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException _) {
                // Look again: one whose parent does not ask for it stays a zombie.
            } catch (ExecutionException _) {
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        } while (System.nanoTime() < end);
        return false;
    }
}
