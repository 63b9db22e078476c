package dev.keyturn.local.commands;

import dev.keyturn.local.stack.LocalStack;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.local.stack.StackPorts;
import dev.keyturn.local.terminal.WrongUse;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = "Starts what is not running and returns when all of it is ready.",
        mixinStandardHelpOptions = true)
public final class Up implements Callable<Integer> {

    private final Workplace workplace;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "how many workers; default: as many as run, else 1")
    private @Nullable Integer workers;

    public Up(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        if (workers != null && (workers < 1 || workers > StackPorts.MAX_WORKERS)) {
            throw new WrongUse(
                    "--workers=%d: must be from 1 to %d"
                            .formatted(workers, StackPorts.MAX_WORKERS));
        }
        LocalStack stack = workplace.stack();
        int wanted = workers != null ? workers : Math.max(1, stack.workers());
        boolean started = stack.up(wanted);
        if (!started) {
            workplace.out().println("Everything runs already.");
        }
        tellAddresses();
        return 0;
    }

    private void tellAddresses() {
        Settings settings = workplace.settings();
        workplace.out().println("Home           " + settings.homeUrl() + "/");
        workplace.out().println("Sandbox site   " + settings.sandboxUrl() + "/");
        workplace.out().println("Its phone      " + settings.phoneUrl());
        workplace.out().println("Sign in once   " + workplace.home().loginLink());
        workplace.out().println("               (this link works once, for ten minutes)");
    }
}
