package dev.keyturn.local.commands;

import dev.keyturn.local.api.Run;
import dev.keyturn.local.terminal.Shown;
import dev.keyturn.local.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "runs",
        description = "Shows the latest runs, newest first.",
        mixinStandardHelpOptions = true)
public final class Runs implements Callable<Integer> {

    private final Workplace workplace;

    @Option(names = "--limit", paramLabel = "N", description = "how many; default 20")
    private int limit = 20;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    public Runs(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        List<Run> runs = workplace.home().runs(limit);
        if (json) {
            workplace.out().println(Shown.json(runs));
            return 0;
        }
        Table table = new Table("ID", "CONNECTOR", "LABEL", "TRIGGER", "STATE", "QUEUED", "REASON");
        for (Run run : runs) {
            table.row(
                    run.id(),
                    run.connector(),
                    run.label() == null ? "" : run.label(),
                    run.trigger(),
                    run.state(),
                    Shown.dateTime(run.queuedAt()),
                    reason(run));
        }
        workplace.print(table);
        return 0;
    }

    private static String reason(Run run) {
        String reason = run.reason() == null ? "" : run.reason();
        return run.until() == null ? reason : reason + ", try again at " + Shown.time(run.until());
    }
}
