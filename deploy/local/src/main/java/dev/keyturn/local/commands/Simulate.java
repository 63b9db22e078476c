package dev.keyturn.local.commands;

import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.terminal.WrongUse;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "simulate",
        description = {
            "Plays Keyturn's own code on a simulated log, database and clock, with whatever may go",
            "wrong, in orders that seeds choose. Exits with 1 if an invariant does not hold."
        },
        mixinStandardHelpOptions = true)
public final class Simulate implements Callable<Integer> {

    private static final long MOST = 100_000_000;

    private final Workplace workplace;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "plays this one alone and tells what happens in it")
    private @Nullable Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "20000",
            description = "how many; default: ${DEFAULT-VALUE}")
    private long seeds;

    @Option(
            names = "--from",
            paramLabel = "N",
            defaultValue = "0",
            description = "the first of them; default: ${DEFAULT-VALUE}")
    private long from;

    @Option(
            names = "--mutants",
            description = "instead: Keyturns that are broken on purpose, each to be found")
    private boolean mutants;

    /** Who plays, in a module of its own: it knows the services, which the launcher does not. */
    public interface Maker {

        /** Plays one seed; whether all invariants held. */
        boolean one(long seed, Consumer<String> out);

        /** Plays many; whether all invariants held. */
        boolean many(long from, long count, Consumer<String> out) throws InterruptedException;

        /** Plays broken ones; whether each was found. */
        boolean mutants(Consumer<String> out) throws InterruptedException;
    }

    public Simulate(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seeds < 1 || seeds > MOST) {
            throw new WrongUse("--seeds=" + seeds + ": must be from 1 to " + MOST);
        }
        return play() ? 0 : 1;
    }

    private boolean play() throws InterruptedException {
        Consumer<String> out = workplace.out()::println;
        if (seed != null) {
            return maker().one(seed, out);
        }
        return mutants ? maker().mutants(out) : maker().many(from, seeds, out);
    }

    private static Maker maker() {
        return ServiceLoader.load(Maker.class)
                .findFirst()
                .orElseThrow(() -> new StackFailure("deploy/simulator is not built"));
    }
}
