package dev.keyturn.local.commands;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "open",
        description = "Prints a link that signs in to Home once, within ten minutes.",
        mixinStandardHelpOptions = true)
public final class Open implements Callable<Integer> {

    private final Workplace workplace;

    public Open(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        workplace.out().println(workplace.home().loginLink());
        return 0;
    }
}
