package dev.keyturn.local.commands;

import dev.keyturn.local.signin.Request;
import dev.keyturn.local.signin.SignIn;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sign-in",
        description = "Signs in to a site, asks for what is missing, and shows what happens.",
        mixinStandardHelpOptions = true)
public final class SignInCommand implements Callable<Integer> {

    private final Workplace workplace;

    @Parameters(paramLabel = "CONNECTOR", description = "see `keyturn connectors`")
    private String connector = "";

    @Option(
            names = "--label",
            paramLabel = "L",
            description = "the account's name; default: its first field that is not secret")
    private @Nullable String label;

    @Option(
            names = "--field",
            paramLabel = "k=v",
            description = {
                "a field's value; a secret as k=@FILE, as k=- (standard input),",
                "or in the environment variable KEYTURN_FIELD_K"
            })
    private List<String> fields = List.of();

    @Option(names = "--update", description = "replace the kept credentials")
    private boolean update;

    @Option(names = "--fresh", description = "leave the kept session aside")
    private boolean fresh;

    @Option(
            names = "--code-from",
            paramLabel = "COMMAND",
            description = {
                "a shell command whose first line is the code, run once per attempt with",
                "KEYTURN_CHALLENGE, KEYTURN_TYPE, KEYTURN_CONNECTOR and KEYTURN_ACCOUNT"
            })
    private @Nullable String codeFrom;

    @Option(names = "--background", description = "as a schedule does it: nobody is asked")
    private boolean background;

    @Option(names = "--json", description = "one event a line, the outcome last")
    private boolean json;

    public SignInCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        Request request =
                new Request(connector, label, fields, update, fresh, codeFrom, background, json);
        return new SignIn(
                        workplace.home(),
                        workplace.terminal(),
                        workplace.environment(),
                        workplace.out(),
                        workplace.err())
                .run(request);
    }
}
