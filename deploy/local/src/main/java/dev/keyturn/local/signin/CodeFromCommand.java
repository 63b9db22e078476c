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

/**
 * A command of the user's gives the code: its first line, of which nothing is printed. It runs once
 * for each attempt and is ended at the deadline.
 *
 * @param label the account's, for the command
 */
record CodeFromCommand(String command, String label, Clock clock) implements CodeSource {

    @Override
    public CompletableFuture<Optional<String>> ask(Challenge challenge) {
        Process process = start(challenge);
        Duration left = Duration.between(clock.instant(), challenge.deadline());
        CompletableFuture<Optional<String>> code = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> code.complete(firstLine(process)));
        CompletableFuture<?> _ = code.whenComplete((_, _) -> end(process));
        return code.completeOnTimeout(
                Optional.empty(), Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
    }

    @Override
    public Kind kind() {
        return Kind.COMMAND;
    }

    private Process start(Challenge challenge) {
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
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException("sh does not start", e);
        }
    }

    private static Optional<String> firstLine(Process process) {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return Optional.ofNullable(lines.readLine())
                    .map(String::strip)
                    .filter(line -> !line.isEmpty());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** With what it started. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
