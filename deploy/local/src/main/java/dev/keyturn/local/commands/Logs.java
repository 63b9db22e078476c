package dev.keyturn.local.commands;

import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.terminal.WrongUse;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = "Shows what a process has written since its start.",
        mixinStandardHelpOptions = true)
public final class Logs implements Callable<Integer> {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final Workplace workplace;

    @Parameters(paramLabel = "SERVICE", description = "as `keyturn status` names it")
    private String service = "";

    @Option(names = "-f", description = "go on with what it writes")
    private boolean follow;

    public Logs(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = workplace.settings().home().logs();
        Path log = folder.resolve(service + ".log");
        if (!service.matches("[a-z0-9.-]+") || !Files.exists(log)) {
            throw new WrongUse("No log of %s; there are: %s".formatted(service, names(folder)));
        }
        long shown = show(log, 0);
        while (follow && pause()) {
            // A new start begins a new file.
            shown = show(log, Files.size(log) < shown ? 0 : shown);
        }
        return 0;
    }

    private long show(Path log, long from) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            byte[] bytes = new byte[(int) Math.min(file.length() - from, 16 << 20)];
            file.readFully(bytes);
            workplace.out().print(new String(bytes, StandardCharsets.UTF_8));
            workplace.out().flush();
            return from + bytes.length;
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String names(Path folder) {
        if (!Files.exists(folder)) {
            return "none yet";
        }
        try (Stream<Path> logs = Files.list(folder)) {
            return logs.map(log -> String.valueOf(log.getFileName()).replace(".log", ""))
                    .sorted()
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            throw PrivateFiles.failure(folder, e);
        }
    }
}
