package dev.keyturn.local;

import dev.keyturn.local.api.ApiFailure;
import dev.keyturn.local.api.Unreachable;
import dev.keyturn.local.commands.Accounts;
import dev.keyturn.local.commands.BackupCommand;
import dev.keyturn.local.commands.Bench;
import dev.keyturn.local.commands.Chaos;
import dev.keyturn.local.commands.Code;
import dev.keyturn.local.commands.Connectors;
import dev.keyturn.local.commands.DeadLettersCommand;
import dev.keyturn.local.commands.Documents;
import dev.keyturn.local.commands.Down;
import dev.keyturn.local.commands.Events;
import dev.keyturn.local.commands.KeysCommand;
import dev.keyturn.local.commands.Logs;
import dev.keyturn.local.commands.Open;
import dev.keyturn.local.commands.PhoneMessages;
import dev.keyturn.local.commands.RestoreCommand;
import dev.keyturn.local.commands.Runs;
import dev.keyturn.local.commands.SignInCommand;
import dev.keyturn.local.commands.Simulate;
import dev.keyturn.local.commands.StatusCommand;
import dev.keyturn.local.commands.TestCommand;
import dev.keyturn.local.commands.Up;
import dev.keyturn.local.commands.Workplace;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.stack.Version;
import dev.keyturn.local.terminal.ExitCode;
import dev.keyturn.local.terminal.Shown;
import dev.keyturn.local.terminal.SystemTerminal;
import dev.keyturn.local.terminal.Terminal;
import dev.keyturn.local.terminal.WrongUse;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command that everything begins with. */
@Command(
        name = "keyturn",
        description = "Runs Keyturn on this machine, and signs in to sites from the terminal.",
        mixinStandardHelpOptions = true,
        versionProvider = Keyturn.Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0 done, 2 wrong use, 10 sign-in failed, 11 user action needed,",
            "  12 site or Keyturn unreachable, 13 cancelled",
            "",
            "KEYTURN_HOME says where the state lies (default .keyturn in the checkout),",
            "KEYTURN_PORT_BASE where the ports begin (default 7700)."
        },
        subcommands = {
            Up.class,
            Open.class,
            Down.class,
            StatusCommand.class,
            Connectors.class,
            Accounts.class,
            Documents.class,
            Runs.class,
            SignInCommand.class,
            Code.class,
            Events.class,
            Logs.class,
            PhoneMessages.class,
            KeysCommand.class,
            DeadLettersCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            TestCommand.class,
            Bench.class,
            Chaos.class,
            Simulate.class
        })
public final class Keyturn {

    private Keyturn() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = commandLine(System.getenv(), new SystemTerminal(), out, err).execute(args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** The program with its surroundings given. */
    static CommandLine commandLine(
            Map<String, String> environment, Terminal terminal, PrintWriter out, PrintWriter err) {
        Workplace workplace = new Workplace(environment, terminal, out, err);
        return new CommandLine(new Keyturn(), new InWorkplace(workplace))
                .setOut(out)
                .setErr(err)
                .registerConverter(UUID.class, Keyturn::id)
                .setParameterExceptionHandler(Keyturn::onWrongUse)
                .setExecutionExceptionHandler((e, _, _) -> onFailure(e, err));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw new CommandLine.TypeConversionException("'" + text + "' is no id");
        }
    }

    private static int onWrongUse(CommandLine.ParameterException e, String[] args) {
        e.getCommandLine().getErr().println(Shown.text(e.getMessage()));
        e.getCommandLine()
                .getErr()
                .println(
                        "Help: ./"
                                + e.getCommandLine().getCommandSpec().qualifiedName()
                                + " --help");
        return ExitCode.WRONG_USE;
    }

    /** One line; a stack trace only for what nobody expected. */
    private static int onFailure(Exception e, PrintWriter err) throws Exception {
        return switch (e) {
            case WrongUse _ -> say(e, err, ExitCode.WRONG_USE);
            case StackFailure _, Unreachable _ -> say(e, err, ExitCode.UNREACHABLE);
            case ApiFailure failure ->
                    say(
                            e,
                            err,
                            failure.status() < 500 && failure.status() != 401
                                    ? ExitCode.WRONG_USE
                                    : ExitCode.UNREACHABLE);
            default -> throw e;
        };
    }

    private static int say(Exception e, PrintWriter err, int code) {
        err.println(Shown.text(e.getMessage()));
        return code;
    }

    /** Makes commands with the workplace that they work in. */
    private record InWorkplace(Workplace workplace) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                return type.getConstructor(Workplace.class).newInstance(workplace);
            } catch (NoSuchMethodException _) {
                return CommandLine.defaultFactory().create(type);
            }
        }
    }

    static final class Versions implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Keyturn " + Version.keyturn()};
        }
    }
}
