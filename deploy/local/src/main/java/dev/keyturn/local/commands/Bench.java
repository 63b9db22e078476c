package dev.keyturn.local.commands;

import dev.keyturn.local.infra.Checkout;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.terminal.WrongUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the benchmark as a process of its own, whose libraries are not this program's. */
@Command(
        name = "bench",
        description = "Measures how long a code takes to its connector, on a stack of its own.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {

    private static final Set<String> PARTS = Set.of("latency", "rate", "memory", "adoption");

    /** The site knows so many users. */
    private static final int MOST = 90_000;

    /** What the benchmark begins without looking at it. */
    private static final int WARM_UP = 300;

    @Parameters(index = "0", paramLabel = "handshake", description = "what to measure: handshake")
    private String what = "";

    @Option(
            names = "--rate",
            defaultValue = "20",
            description = "handshakes a second (${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--count",
            defaultValue = "2000",
            description = "handshakes of each way (${DEFAULT-VALUE})")
    private int count;

    @Option(
            names = "--waiting",
            defaultValue = "10000",
            description = "runs that wait in one worker (${DEFAULT-VALUE})")
    private int waiting;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "only some of: latency, rate, memory, adoption")
    private List<String> only = List.of();

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Checkout checkout = Checkout.here();
        Path target = checkout.root().resolve("deploy/benchmark/target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new StackFailure("Nothing built in " + target + ": run ./keyturn bench");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "--sun-misc-unsafe-memory-access=allow"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(target.resolve("benchmark-0.1.0.jar") + ":" + target.resolve("lib") + "/*");
        command.add("dev.keyturn.benchmark.Bench");
        command.addAll(List.of(String.valueOf(rate), String.valueOf(count)));
        command.add(String.valueOf(waiting));
        command.add(String.join(",", only.isEmpty() ? PARTS : only));
        command.add(target.resolve("stack").toString());
        command.add(json ? "json" : "text");
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private void check() {
        if (!what.equals("handshake")) {
            throw new WrongUse("%s: must be handshake".formatted(what));
        }
        require("--rate", rate, 1, 1_000);
        require("--count", count, 1, MOST);
        require("--waiting", waiting, 10, MOST);
        if (!PARTS.containsAll(only)) {
            throw new WrongUse("--only=" + String.join(",", only) + ": must be of " + PARTS);
        }
        if (waiting < needed()) {
            throw new WrongUse(
                    "--waiting=%d: must be at least %d for --count=%d"
                            .formatted(waiting, needed(), count));
        }
    }

    /** Each handshake uses one up, also those that warm up. */
    private int needed() {
        return only.isEmpty() || only.contains("latency") ? count + WARM_UP : 10;
    }

    private static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new WrongUse(
                    "%s=%d: must be from %d to %d".formatted(option, value, least, most));
        }
    }
}
