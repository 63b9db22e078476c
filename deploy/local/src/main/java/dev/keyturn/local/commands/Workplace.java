package dev.keyturn.local.commands;

import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.stack.LocalStack;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.local.terminal.SystemTerminal;
import dev.keyturn.local.terminal.Table;
import dev.keyturn.local.terminal.Terminal;
import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command works with.
 *
 * @param out for results
 * @param err for what is said beside them
 */
public record Workplace(
        Map<String, String> environment, Terminal terminal, PrintWriter out, PrintWriter err) {

    /** For a command's default, which is replaced before it is called. */
    static Workplace nowhere() {
        PrintWriter nothing = new PrintWriter(PrintWriter.nullWriter());
        return new Workplace(Map.of(), new SystemTerminal(), nothing, nothing);
    }

    Settings settings() {
        return Settings.of(environment);
    }

    HomeApi home() {
        return HomeApi.of(settings(), environment);
    }

    LocalStack stack() {
        return new LocalStack(settings(), line -> err.println("  " + line));
    }

    void print(Table table) {
        table.lines().forEach(out::println);
    }
}
