package dev.keyturn.local.commands;

import dev.keyturn.local.stack.Settings;
import dev.keyturn.local.stack.Status;
import dev.keyturn.local.stack.Status.ProcessStatus;
import dev.keyturn.local.terminal.Shown;
import dev.keyturn.local.terminal.Table;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Shows the processes of the stack.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

    private final Workplace workplace;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    public StatusCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        Settings asked = workplace.settings();
        Status status = Status.of(asked);
        if (status.portBase() != asked.ports().base()) {
            workplace
                    .err()
                    .println(
                            "The stack of %s runs at KEYTURN_PORT_BASE=%d, not at %d."
                                    .formatted(
                                            status.folder(),
                                            status.portBase(),
                                            asked.ports().base()));
        }
        if (json) {
            workplace.out().println(Shown.json(status));
            return 0;
        }
        Table table = new Table("PROCESS", "STATE", "PID", "PORT", "MEMORY", "VERSION", "RUNS");
        for (ProcessStatus process : status.processes()) {
            table.row(
                    process.name(),
                    process.ready() ? "ready" : shown(process.missing()),
                    shown(process.pid()),
                    shown(process.port()),
                    process.memory() == null ? "" : (process.memory() >> 20) + " MB",
                    shown(process.version()),
                    runs(process));
        }
        workplace.print(table);
        workplace.out().println("Home is at " + status.home() + "/");
        return 0;
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String runs(ProcessStatus worker) {
        return worker.slots() == null
                ? ""
                : "%s of %s slots, %s waiting"
                        .formatted(worker.working(), worker.slots(), worker.waiting());
    }
}
