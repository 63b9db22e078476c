package dev.keyturn.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param live bytes of live objects after a full collection
 * @param resident bytes of the process after it
 */
record Memory(long live, long resident) {

    static Memory of(ProcessHandle process) {
        String pid = String.valueOf(process.pid());
        String jcmd = Path.of(System.getProperty("java.home", ""), "bin", "jcmd").toString();
        // It collects first, so that only what is live is counted.
        long live =
                run(List.of(jcmd, pid, "GC.class_histogram"))
                        .filter(line -> line.startsWith("Total"))
                        .mapToLong(line -> Long.parseLong(line.split("\\s+", -1)[2]))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("jcmd: must tell a total"));
        long resident =
                run(List.of("ps", "-o", "rss=", "-p", pid))
                        .mapToLong(line -> Long.parseLong(line.strip()) * 1024)
                        .findFirst()
                        .orElseThrow();
        return new Memory(live, resident);
    }

    private static Stream<String> run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines();
        } catch (IOException e) {
            throw new IllegalStateException(command.getFirst() + ": must be there", e);
        }
    }
}
