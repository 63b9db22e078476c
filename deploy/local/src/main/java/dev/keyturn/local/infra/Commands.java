package dev.keyturn.local.infra;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Runs a program to its end. */
final class Commands {

    private static final Pattern ERROR =
            Pattern.compile("fatal|error|exception|cannot", Pattern.CASE_INSENSITIVE);
    private static final Pattern STACK_FRAME = Pattern.compile("at [\\w.$/]+\\(|\\.\\.\\. \\d+ ");

    /** Time, level and logger; then classes of exceptions, and numbers of messages. */
    private static final Pattern PREFIXES =
            Pattern.compile(
                    "^(?:\\S+ +[A-Z]+ +\\[[^\\]]*\\] )?(?:Caused by: )?"
                            + "(?:(?:\\w+\\.)+\\w*(?:Exception|Error): )*(?:[A-Z]{4,8}\\d{5}: )?");

    private Commands() {}

    /** What the program printed; fails with its last line if it says that it failed. */
    static String run(String what, List<String> command) {
        Result result = tryRun(command);
        if (result.code() != 0) {
            throw new StackFailure(what + " failed: " + telling(result.output()));
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

    /** The line that tells most, without what only developers read. */
    static String telling(String output) {
        List<String> lines =
                output.lines()
                        .map(String::strip)
                        .filter(l -> !l.isEmpty() && !STACK_FRAME.matcher(l).lookingAt())
                        .toList();
        return lines.stream()
                .filter(l -> ERROR.matcher(l).find())
                .reduce((_, last) -> last)
                .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()))
                .map(l -> PREFIXES.matcher(l).replaceFirst(""))
                .orElse("it said nothing");
    }

    record Result(int code, String output) {}
}
