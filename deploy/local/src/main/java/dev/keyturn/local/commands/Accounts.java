package dev.keyturn.local.commands;

import dev.keyturn.local.api.Account;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.api.Run;
import dev.keyturn.local.terminal.Shown;
import dev.keyturn.local.terminal.Table;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "accounts",
        description = "Shows the accounts and how each stands.",
        mixinStandardHelpOptions = true,
        subcommands = Accounts.Remove.class)
public final class Accounts implements Callable<Integer> {

    private final Workplace workplace;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    public Accounts(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        List<Account> accounts = workplace.home().accounts();
        if (json) {
            workplace.out().println(Shown.json(accounts));
            return 0;
        }
        Table table = new Table("ID", "CONNECTOR", "LABEL", "STATUS", "SINCE", "NOTE");
        for (Account account : accounts) {
            table.row(
                    account.id(),
                    account.connector(),
                    account.label(),
                    account.erased() == null ? account.status() : account.erased().state(),
                    Shown.dateTime(account.since()),
                    note(account));
        }
        workplace.print(table);
        return 0;
    }

    private static String note(Account account) {
        if (account.erased() != null) {
            String until = Shown.dateTime(account.erased().until());
            return until.isEmpty() ? "" : "last sealed copy until " + until;
        }
        if (account.paused() != null) {
            return "paused: " + account.paused().why();
        }
        Run last = account.run();
        return last == null || last.reason() == null ? "" : last.reason();
    }

    @Command(
            name = "remove",
            description = "Removes an account: credentials, session, and on wish its documents.",
            mixinStandardHelpOptions = true)
    public static final class Remove implements Callable<Integer> {

        private final Workplace workplace;

        @Parameters(paramLabel = "ID", description = "the account's id")
        private UUID id = new UUID(0, 0);

        @Option(names = "--documents", description = "delete its documents, too")
        private boolean documents;

        public Remove(Workplace workplace) {
            this.workplace = workplace;
        }

        @Override
        public Integer call() {
            HomeApi home = workplace.home();
            Account account = home.account(id);
            home.removeAccount(id, documents);
            workplace
                    .out()
                    .println(
                            Shown.text(account.label())
                                    + " is being erased; see ./keyturn accounts");
            return 0;
        }
    }
}
