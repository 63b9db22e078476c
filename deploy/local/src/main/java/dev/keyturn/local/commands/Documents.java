package dev.keyturn.local.commands;

import dev.keyturn.local.api.Account;
import dev.keyturn.local.api.DocumentInfo;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.terminal.Shown;
import dev.keyturn.local.terminal.Table;
import dev.keyturn.local.terminal.WrongUse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "documents",
        description = "Shows the documents that were fetched.",
        mixinStandardHelpOptions = true)
public final class Documents implements Callable<Integer> {

    private final Workplace workplace;

    @Parameters(
            paramLabel = "ACCOUNT",
            arity = "0..1",
            description = "the account's id or label; default: all accounts")
    private @Nullable String account;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    public Documents(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        HomeApi home = workplace.home();
        List<DocumentInfo> documents =
                home.documents(Optional.ofNullable(account).map(name -> find(home, name)));
        if (json) {
            workplace.out().println(Shown.json(documents));
            return 0;
        }
        Table table = new Table("ID", "NAME", "TYPE", "SIZE", "SAVED");
        for (DocumentInfo document : documents) {
            table.row(
                    document.id(),
                    document.name(),
                    document.mediaType(),
                    document.size(),
                    Shown.dateTime(document.savedAt()));
        }
        workplace.print(table);
        return 0;
    }

    private static UUID find(HomeApi home, String name) {
        List<Account> meant =
                home.accounts().stream()
                        .filter(
                                a ->
                                        a.label().equals(name.strip())
                                                || a.id().toString().equals(name))
                        .toList();
        // An account that was removed may have left documents, but gives way to one in its place.
        List<UUID> kept = ids(meant.stream().filter(Account::kept));
        List<UUID> found = kept.isEmpty() ? ids(meant.stream()) : kept;
        if (found.size() != 1) {
            throw new WrongUse(
                    (found.isEmpty() ? "There is no account " : "Several accounts are called ")
                            + name);
        }
        return found.getFirst();
    }

    private static List<UUID> ids(Stream<Account> accounts) {
        return accounts.map(Account::id).toList();
    }
}
