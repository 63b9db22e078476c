package dev.keyturn.local.commands;

import dev.keyturn.local.stack.LocalStack;
import dev.keyturn.local.terminal.ExitCode;
import dev.keyturn.local.terminal.Terminal;
import dev.keyturn.local.terminal.WrongUse;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "down", description = "Stops what `up` started.", mixinStandardHelpOptions = true)
public final class Down implements Callable<Integer> {

    private final Workplace workplace;

    @Option(names = "--wipe", description = "also delete all data: accounts, sessions, documents")
    private boolean wipe;

    @Option(names = "--yes", description = "do not ask before deleting")
    private boolean yes;

    public Down(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        if (wipe && !yes && !agreed()) {
            workplace.err().println("Nothing was stopped or deleted.");
            return ExitCode.CANCELLED;
        }
        LocalStack stack = workplace.stack();
        List<String> stopped = stack.down();
        if (stopped.isEmpty()) {
            workplace.out().println("Nothing was running.");
        }
        if (wipe) {
            stack.wipe();
            workplace.out().println("All data are deleted.");
        }
        return 0;
    }

    private boolean agreed() {
        Terminal terminal = workplace.terminal();
        if (!terminal.interactive()) {
            throw new WrongUse("--wipe asks first; without a terminal add --yes");
        }
        String folder = workplace.settings().home().path().toString();
        return terminal.ask("Delete all data in " + folder + "? Type yes: ")
                .filter(answer -> answer.strip().equalsIgnoreCase("yes"))
                .isPresent();
    }
}
