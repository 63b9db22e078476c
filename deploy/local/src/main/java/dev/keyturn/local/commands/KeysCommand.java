package dev.keyturn.local.commands;

import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.keys.KeyStanding;
import dev.keyturn.local.stack.KeyUse;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.local.terminal.Shown;
import dev.keyturn.local.terminal.Table;
import dev.keyturn.local.terminal.WrongUse;
import dev.keyturn.seal.FleetKeys;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

@Command(
        name = "keys",
        description = "Shows the fleet's keys and what still names each.",
        mixinStandardHelpOptions = true,
        subcommands = {KeysCommand.Show.class, KeysCommand.Rotate.class, KeysCommand.Retire.class})
public final class KeysCommand implements Callable<Integer> {

    private final Workplace workplace;

    @Option(names = "--json", description = "as JSON", scope = ScopeType.INHERIT)
    private boolean json;

    public KeysCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        Settings settings = workplace.settings();
        KeyUse use = KeyUse.of(settings);
        List<KeyStanding> keys =
                keysOf(settings).list().stream().map(key -> KeyStanding.of(key, use)).toList();
        if (json) {
            workplace.out().println(Shown.json(keys));
            return 0;
        }
        Instant now = Instant.now();
        Table table = new Table("KID", "FOR", "MADE", "ACCOUNTS", "TEXTS", "CAN BE RETIRED");
        for (KeyStanding key : keys) {
            table.row(
                    key.kid(),
                    key.kind().name().toLowerCase(java.util.Locale.ROOT),
                    Shown.dateTime(key.madeAt()),
                    key.accounts(),
                    key.texts(),
                    key.replacedAt() == null
                            ? ""
                            : key.obstacle(now).map(why -> "no: " + why).orElse("yes"));
        }
        workplace.print(table);
        return 0;
    }

    /** Those that are there: a command about keys makes none. */
    private static FleetKeys keysOf(Settings settings) {
        HomeFolder home = settings.home();
        if (!Files.exists(home.privateKeys())) {
            throw new StackFailure("There are no keys in " + home.path() + " yet: ./keyturn up");
        }
        return home.fleetKeys();
    }

    @Command(
            name = "status",
            description = "Shows the fleet's keys and what still names each.",
            mixinStandardHelpOptions = true)
    public static final class Show implements Callable<Integer> {

        @ParentCommand private KeysCommand keys = new KeysCommand(Workplace.nowhere());

        @Override
        public Integer call() {
            return keys.call();
        }
    }

    @Command(
            name = "rotate",
            description = "Makes new keys. Nothing has to be stopped; the former ones still open.",
            mixinStandardHelpOptions = true)
    public static final class Rotate implements Callable<Integer> {

        private final Workplace workplace;

        public Rotate(Workplace workplace) {
            this.workplace = workplace;
        }

        @Override
        public Integer call() {
            Settings settings = workplace.settings();
            FleetKeys before = keysOf(settings);
            workplace
                    .stack()
                    .exclusively(
                            () -> {
                                Instant now = Instant.now();
                                settings.home()
                                        .replaceKeys(settings.home().fleetKeys().rotated(now), now);
                            });
            List<String> made =
                    settings.home().fleetKeys().list().stream()
                            .filter(key -> !before.list().contains(key))
                            .filter(key -> key.replacedAt() == null)
                            .map(
                                    key ->
                                            key.kind().name().toLowerCase(java.util.Locale.ROOT)
                                                    + " "
                                                    + key.kid())
                            .toList();
            made.forEach(line -> workplace.out().println("New key for " + line));
            workplace
                    .out()
                    .println(
                            "They are used in a minute, when every process has them. The former"
                                    + " ones can be retired in a day: ./keyturn keys status");
            return 0;
        }
    }

    @Command(
            name = "retire",
            description =
                    "Destroys a former private key for good. Refuses while anything names it, and"
                            + " within a day of its rotation.",
            mixinStandardHelpOptions = true)
    public static final class Retire implements Callable<Integer> {

        private final Workplace workplace;

        @Parameters(paramLabel = "KID", description = "the key's id, as status shows it")
        private String kid = "";

        public Retire(Workplace workplace) {
            this.workplace = workplace;
        }

        @Override
        public Integer call() {
            Settings settings = workplace.settings();
            workplace.stack().exclusively(() -> retire(settings));
            workplace.out().println("The key " + Shown.text(kid) + " is destroyed.");
            return 0;
        }

        private void retire(Settings settings) {
            FleetKeys keys = keysOf(settings);
            KeyUse use = KeyUse.of(settings);
            KeyStanding standing =
                    keys.list().stream()
                            .filter(key -> key.kid().equals(kid))
                            .map(key -> KeyStanding.of(key, use))
                            .findFirst()
                            .orElseThrow(() -> new WrongUse("There is no key " + kid));
            Instant now = Instant.now();
            standing.obstacle(now)
                    .ifPresent(
                            why -> {
                                throw new WrongUse(
                                        "The key %s cannot be retired: %s".formatted(kid, why));
                            });
            settings.home().replaceKeys(keys.without(kid), now);
        }
    }
}
