package dev.keyturn.local.commands;

import dev.keyturn.local.infra.Checkout;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.terminal.WrongUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "chaos",
        description = {
            "Kills, stops and cuts off the processes of a stack of its own while people sign in,",
            "then audits log, tables and site. Exits with 1 if anything was lost or done twice.",
            "With --rolling it restarts them one after the other instead, as an upgrade does."
        },
        mixinStandardHelpOptions = true)
public final class Chaos implements Callable<Integer> {

    private static final double SHORTEST = 1;
    private static final double LONGEST = 24 * 60;
    private static final double FASTEST = 50;

    private final Workplace workplace;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "30",
            description = "how long; default: ${DEFAULT-VALUE}")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "which faults and people; the same ones for the same seed")
    private @Nullable Long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many people come in a second; default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = "--rolling",
            description = "instead of faults, one restart after the other, two of home-service")
    private boolean rolling;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "where data and logs lie and stay; default: target/chaos")
    private @Nullable Path folder;

    /** Who makes it, in a module of its own: it knows the services, which the launcher does not. */
    public interface Maker {
        /**
         * Makes it, and audits.
         *
         * @param out gets each line of what happens
         * @return 0, or 1 if there are violations
         */
        int make(Wanted wanted, Consumer<String> out) throws InterruptedException;
    }

    /**
     * What shall happen.
     *
     * @param folder where data and logs lie
     * @param seed which faults and people
     * @param rate how many people come in a second
     * @param rolling whether services are restarted one after the other, instead of faults
     */
    public record Wanted(Path folder, Duration time, long seed, double rate, boolean rolling) {}

    public Chaos(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() throws InterruptedException {
        within("--minutes", minutes, SHORTEST, LONGEST);
        within("--rate", rate, 0.1, FASTEST);
        long chosen = seed != null ? seed : ThreadLocalRandom.current().nextInt(1_000_000);
        Path where = folder != null ? folder : Checkout.here().root().resolve("target/chaos");
        Wanted wanted =
                new Wanted(
                        where.toAbsolutePath().normalize(),
                        Duration.ofMillis((long) (minutes * 60_000)),
                        chosen,
                        rate,
                        rolling);
        return maker().make(wanted, workplace.out()::println);
    }

    private static Maker maker() {
        return ServiceLoader.load(Maker.class)
                .findFirst()
                .orElseThrow(() -> new StackFailure("deploy/chaos is not built"));
    }

    private static void within(String option, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new WrongUse(
                    "%s=%s: must be from %s to %s".formatted(option, value, lowest, highest));
        }
    }
}
