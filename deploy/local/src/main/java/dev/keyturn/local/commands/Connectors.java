package dev.keyturn.local.commands;

import dev.keyturn.local.api.Connector;
import dev.keyturn.local.terminal.Shown;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "connectors",
        description = "Shows what can be signed in to, and the fields of each.",
        mixinStandardHelpOptions = true)
public final class Connectors implements Callable<Integer> {

    private final Workplace workplace;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    public Connectors(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        List<Connector> connectors = workplace.home().connectors();
        if (json) {
            workplace.out().println(Shown.json(connectors));
        } else {
            connectors.forEach(this::print);
        }
        return 0;
    }

    private void print(Connector connector) {
        PrintWriter out = workplace.out();
        out.printf(
                "%s  %s %s%s%n",
                Shown.text(connector.slug()),
                Shown.text(connector.name()),
                Shown.text(connector.version()),
                connector.sandbox() ? "  (test site)" : "");
        connector.fields().forEach(field -> out.println("  --field " + line(field)));
        out.println("  second factors: " + factors(connector));
        out.println("  without you: " + unattended(connector.unattended()));
    }

    private static String line(Connector.Field field) {
        String choices =
                field.choices().stream().map(Connector.Choice::id).collect(Collectors.joining("|"));
        String what = choices.isEmpty() ? field.type().toLowerCase(Locale.ROOT) : choices;
        return Shown.text(
                "%s=<%s>  %s%s%s"
                        .formatted(
                                field.name(),
                                what,
                                field.label(),
                                field.secret() ? ", secret" : "",
                                field.required() ? "" : ", optional"));
    }

    private static String factors(Connector connector) {
        return connector.factors().isEmpty()
                ? "none"
                : Shown.text(String.join(", ", connector.factors()));
    }

    private static String unattended(String value) {
        return switch (value) {
            case "YES" -> "yes";
            case "NO" -> "no";
            case "UNTIL_ASKED" -> "until the site asks for a code";
            default -> Shown.text(value);
        };
    }
}
