package dev.keyturn.local.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this process. Questions go to the error output: the other may be JSON.
 *
 * <p>The console is null where nobody is there, since the script chooses the JDK's plain one.
 */
@SuppressWarnings("SystemConsoleNull")
public final class SystemTerminal implements Terminal {

    private final @Nullable Console console = System.console();
    private final PrintWriter questions = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    private final BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private @Nullable CompletableFuture<Optional<String>> reading;

    @Override
    public boolean interactive() {
        return console != null && console.isTerminal();
    }

    @Override
    public Optional<String> ask(String question) {
        return line(question).join();
    }

    @Override
    public Optional<String> askSecret(String question) {
        if (console == null || !interactive()) {
            throw new WrongUse("Nobody is there to be asked: " + question);
        }
        show(question);
        char[] typed = console.readPassword();
        return Optional.ofNullable(typed).map(String::new);
    }

    /** A line that nobody waits for any more is for the next who asks. */
    @Override
    public synchronized CompletableFuture<Optional<String>> line(String question) {
        show(question);
        if (reading == null || reading.isDone()) {
            CompletableFuture<Optional<String>> next = new CompletableFuture<>();
            Thread reader = new Thread(() -> read(next), "terminal");
            reader.setDaemon(true);
            reader.start();
            reading = next;
        }
        return reading.copy();
    }

    @Override
    public String input() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(CompletableFuture<Optional<String>> next) {
        try {
            next.complete(Optional.ofNullable(lines.readLine()));
        } catch (IOException e) {
            next.completeExceptionally(e);
        }
    }

    private void show(String question) {
        questions.print(question);
        questions.flush();
    }
}
