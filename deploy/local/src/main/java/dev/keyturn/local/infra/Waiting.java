package dev.keyturn.local.infra;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Waits until a started process answers, or says why it never will. */
public final class Waiting {

    private static final Duration PAUSE = Duration.ofMillis(40);

    private Waiting() {}

    @FunctionalInterface
    public interface Probe<T> {
        /** What the process answered, or empty if it does not yet. */
        Optional<T> look() throws Exception;
    }

    public static <T> T until(
            String name, ProcessHandle process, Path log, Duration atMost, Probe<T> probe) {
        long end = System.nanoTime() + atMost.toNanos();
        String last = "no answer";
        while (System.nanoTime() < end) {
            try {
                Optional<T> answer = probe.look();
                // Somebody else may answer where ours could not listen.
                if (answer.isPresent() && process.isAlive()) {
                    return answer.get();
                }
            } catch (Exception e) {
                last = String.valueOf(e.getMessage());
            }
            if (!process.isAlive()) {
                throw new StackFailure(name + " stopped at its start: " + said(log));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.interrupted()) {
                throw new StackFailure("Interrupted while waiting for " + name);
            }
        }
        throw new StackFailure(
                "%s is not ready after %ds: %s; last it said: %s"
                        .formatted(name, atMost.toSeconds(), last, said(log)));
    }

    private static String said(Path log) {
        String text = Files.exists(log) ? PrivateFiles.read(log) : "";
        return Commands.telling(text) + " (see " + log + ")";
    }
}
