package dev.keyturn.local.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much memory a process and its children hold: shared pages counted once where that is told.
 */
final class MemoryUse {

    private static final long KIB = 1024;

    private MemoryUse() {}

    /** In bytes; 0 if it cannot be told. */
    static long of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(p -> ofOne(p.pid()))
                .sum();
    }

    private static long ofOne(long pid) {
        Path rollup = Path.of("/proc", String.valueOf(pid), "smaps_rollup");
        try (Stream<String> lines = Files.lines(rollup)) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(MemoryUse::kib)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException _) {
            return residentSet(pid);
        }
    }

    private static long residentSet(long pid) {
        try {
            Process ps =
                    new ProcessBuilder(List.of("ps", "-o", "rss=", "-p", String.valueOf(pid)))
                            .start();
            String out = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return out.isBlank() ? 0 : kib(out);
        } catch (IOException _) {
            return 0;
        }
    }

    private static long kib(String text) {
        String digits = text.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits) * KIB;
    }
}
