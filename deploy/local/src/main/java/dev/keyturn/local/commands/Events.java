package dev.keyturn.local.commands;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.local.signin.Words;
import dev.keyturn.local.terminal.Shown;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "events",
        description = "Shows what happened in a run, in the order of the log.",
        mixinStandardHelpOptions = true)
public final class Events implements Callable<Integer> {

    private final Workplace workplace;

    @Parameters(paramLabel = "RUN", description = "the run's id")
    private UUID run = new UUID(0, 0);

    @Option(names = "--json", description = "one event a line, as JSON")
    private boolean json;

    public Events(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        for (JsonNode event : workplace.home().events(run)) {
            workplace.out().println(json ? Shown.json(event) : Words.timeline(event));
        }
        return 0;
    }
}
