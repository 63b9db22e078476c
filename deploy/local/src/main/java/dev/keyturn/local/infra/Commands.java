package dev.keyturn.local.infra;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Runs a program to its end. */
final class Commands {

    private Commands() {}

    /** What the program printed; fails with its last line if it says that it failed. */
    static String run(String what, List<String> command) {
        Result result = tryRun(command);
        if (result.code() != 0) {
            throw new StackFailure(what + " failed: " + lastLine(result.output()));
        }
        return result.output();
    }

    static Result tryRun(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(new File("/dev/null"))
                            .start();
            byte[] output = process.getInputStream().readAllBytes();
            return new Result(process.waitFor(), new String(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("Interrupted while running " + command.getFirst(), e);
        }
    }

    /** The line that tells most: the last that names an error, else the last. */
    static String lastLine(String output) {
        List<String> lines = output.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        Stream<String> telling =
                lines.stream().filter(l -> l.matches("(?i).*(fatal|error|exception|cannot).*"));
        return telling.reduce((_, last) -> last)
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
    }

    record Result(int code, String output) {}
}
