package dev.keyturn.local.signin;

import dev.keyturn.local.api.Challenge;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A command of the user's gives the code: its first line, of which nothing is printed. It runs once
 * for each attempt and is ended at the deadline, or when this process is.
 *
 * @param label the account's, for the command
 */
record CodeFromCommand(String command, String label, Clock clock) implements CodeSource {

    private static final int LONGEST_LINE = 4096;

    @Override
    public CompletableFuture<Optional<String>> ask(Challenge challenge) {
        Execution execution = new Execution();
        Thread hook = new Thread(execution::end);
        CompletableFuture<Optional<String>> code = new CompletableFuture<>();
        if (!addHook(hook)) {
            return code;
        }
        Optional<Process> process = execution.start(builder(challenge));
        CompletableFuture<?> _ =
                code.whenComplete(
                        (_, _) -> {
                            execution.end();
                            removeHook(hook);
                        });
        process.ifPresent(
                started -> Thread.ofVirtual().start(() -> code.complete(firstLine(started))));
        Duration left = Duration.between(clock.instant(), challenge.deadline());
        return code.orTimeout(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
    }

    @Override
    public Kind kind() {
        return Kind.COMMAND;
    }

    private ProcessBuilder builder(Challenge challenge) {
        ProcessBuilder builder =
                new ProcessBuilder(List.of("sh", "-c", command))
                        .redirectInput(new File("/dev/null"))
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(
                        Map.of(
                                "KEYTURN_CHALLENGE", challenge.id().toString(),
                                "KEYTURN_TYPE", challenge.type(),
                                "KEYTURN_CONNECTOR", challenge.connector(),
                                "KEYTURN_ACCOUNT", label));
        return builder;
    }

    private static Optional<String> firstLine(Process process) {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return Optional.of(firstLine(lines).strip()).filter(line -> !line.isEmpty());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Only so much of it that a line which is too long shows that it is. */
    private static String firstLine(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = lines.read(); c >= 0 && c != '\n' && c != '\r'; c = lines.read()) {
            line.append((char) c);
            if (line.length() >= LONGEST_LINE) {
                break;
            }
        }
        return line.toString();
    }

    /** With what it started, but first itself: a shell tells which of its children were killed. */
    private static void end(ProcessHandle process) {
        List<ProcessHandle> children = process.children().toList();
        process.destroyForcibly();
        children.forEach(CodeFromCommand::end);
    }

    /** Not while this process is being ended. */
    private static boolean addHook(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // This process is being ended: the hook runs.
        }
    }

    /** One run of the command; once it was ended, also before its start, nothing of it runs. */
    private static final class Execution {

        private @Nullable Process process;
        private boolean over;

        synchronized Optional<Process> start(ProcessBuilder builder) {
            if (over) {
                return Optional.empty();
            }
            try {
                Process started = builder.start();
                process = started;
                return Optional.of(started);
            } catch (IOException e) {
                throw new IllegalStateException("sh does not start", e);
            }
        }

        synchronized void end() {
            over = true;
            if (process != null) {
                CodeFromCommand.end(process.toHandle());
            }
        }
    }
}
