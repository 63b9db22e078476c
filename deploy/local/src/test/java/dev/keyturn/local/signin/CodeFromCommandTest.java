package dev.keyturn.local.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keyturn.local.api.Challenge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeFromCommandTest {

    @TempDir Path folder;

    @Test
    void theFirstLineIsTheCode() {
        assertThat(code("echo ' 123456 '; echo second")).contains("123456");
    }

    @Test
    void theCommandIsToldWhatIsAsked() {
        String all = "$KEYTURN_CHALLENGE $KEYTURN_TYPE $KEYTURN_CONNECTOR $KEYTURN_ACCOUNT";
        Challenge challenge = challenge(Duration.ofMinutes(1));
        assertThat(source("echo \"" + all + "\"").ask(challenge).join())
                .contains(challenge.id() + " SMS sandbox my 'label'");
    }

    @Test
    void noLineIsNoCode() {
        assertThat(code("exit 3")).isEmpty();
        assertThat(code("echo")).isEmpty();
    }

    @Test
    void theCommandIsEndedAtTheDeadlineWithWhatItStarted() {
        Path pids = folder.resolve("pids");
        String command = "echo $$ > " + pids + "; sleep 600 & echo $! >> " + pids + "; wait";
        assertThatThrownBy(() -> source(command).ask(challenge(Duration.ofMillis(700))).join())
                .hasCauseInstanceOf(TimeoutException.class);
        await().untilAsserted(() -> assertThat(running(pids)).isEmpty());
    }

    @Test
    void aChallengeThatIsOverEndsTheCommand() {
        Path pids = folder.resolve("pids");
        CompletableFuture<Optional<String>> asking =
                source("echo $$ > " + pids + "; sleep 600").ask(challenge(Duration.ofMinutes(10)));
        await().until(() -> Files.exists(pids) && Files.size(pids) > 1);
        asking.cancel(true);
        await().untilAsserted(() -> assertThat(running(pids)).isEmpty());
    }

    @Test
    void theEndOfThisProcessEndsTheCommandWithWhatItStarted() throws Exception {
        Path pids = folder.resolve("pids");
        String command = "sleep 600 & echo $$ $! | tr ' ' '\\n' > " + pids + "; wait";
        Process launcher =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home", ""), "bin/java").toString(),
                                "-cp",
                                System.getProperty("java.class.path", ""),
                                Asking.class.getName(),
                                command)
                        .inheritIO()
                        .start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);
            launcher.destroy();
            assertThat(launcher.waitFor()).isEqualTo(128 + 15);
        } finally {
            launcher.destroyForcibly();
        }
        await().untilAsserted(() -> assertThat(running(pids)).isEmpty());
    }

    /** A process that waits for a code. */
    static final class Asking {

        private Asking() {}

        public static void main(String[] arguments) {
            source(arguments[0]).ask(challenge(Duration.ofMinutes(10))).join();
        }
    }

    @Test
    void aLineWithoutAnEndIsNotReadForEver() {
        assertThat(code("yes | tr -d '\\n'").orElseThrow()).hasSizeBetween(257, 10_000);
    }

    private static List<String> running(Path pids) throws Exception {
        return Files.readAllLines(pids).stream()
                .filter(pid -> ProcessHandle.of(Long.parseLong(pid)).isPresent())
                .filter(pid -> !isZombie(pid))
                .toList();
    }

    private static boolean isZombie(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "stat")).contains(") Z");
        } catch (java.io.IOException _) {
            return false;
        }
    }

    private static Optional<String> code(String command) {
        return source(command).ask(challenge(Duration.ofMinutes(1))).join();
    }

    private static CodeFromCommand source(String command) {
        return new CodeFromCommand(command, "my 'label'", Clock.systemUTC());
    }

    private static Challenge challenge(Duration left) {
        return new Challenge(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "sandbox",
                null,
                null,
                1,
                1,
                "SMS",
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                Instant.now().plus(left),
                null,
                "OPEN",
                null,
                null,
                null);
    }
}
