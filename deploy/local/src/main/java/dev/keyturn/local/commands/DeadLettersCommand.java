package dev.keyturn.local.commands;

import dev.keyturn.local.deadletters.DeadLetter;
import dev.keyturn.local.deadletters.DeadLetterBox;
import dev.keyturn.local.stack.KafkaAdmin;
import dev.keyturn.local.terminal.Shown;
import dev.keyturn.local.terminal.Table;
import dev.keyturn.local.terminal.WrongUse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

@Command(
        name = "dlq",
        description = "Lists what could not be decoded. Never shows a key or a value.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLettersCommand.Lister.class,
            DeadLettersCommand.Show.class,
            DeadLettersCommand.Resend.class
        })
public final class DeadLettersCommand implements Callable<Integer> {

    private final Workplace workplace;

    @Option(names = "--json", description = "as JSON", scope = ScopeType.INHERIT)
    private boolean json;

    public DeadLettersCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        List<DeadLetter> letters = box(workplace).all();
        if (json) {
            workplace.out().println(Shown.json(letters));
            return 0;
        }
        Table table = new Table("ID", "AT", "TYPE", "STOOD AT", "REASON", "SENT AGAIN");
        for (DeadLetter letter : letters) {
            table.row(
                    letter.id(),
                    Shown.dateTime(letter.at()),
                    letter.type() == null ? "" : letter.type(),
                    letter.partition() + "/" + letter.offset(),
                    letter.reason(),
                    Shown.dateTime(letter.resentAt()));
        }
        workplace.print(table);
        return 0;
    }

    private static DeadLetterBox box(Workplace workplace) {
        return new DeadLetterBox(KafkaAdmin.of(workplace.settings()));
    }

    private static DeadLetter find(List<DeadLetter> letters, String id) {
        return letters.stream()
                .filter(letter -> letter.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new WrongUse("There is no dead letter " + id));
    }

    @Command(
            name = "list",
            description = "Lists what could not be decoded.",
            mixinStandardHelpOptions = true)
    public static final class Lister implements Callable<Integer> {

        @ParentCommand
        private DeadLettersCommand letters = new DeadLettersCommand(Workplace.nowhere());

        @Override
        public Integer call() {
            return letters.call();
        }
    }

    @Command(
            name = "show",
            description = "What is known of one, without its key and value.",
            mixinStandardHelpOptions = true)
    public static final class Show implements Callable<Integer> {

        private final Workplace workplace;

        @ParentCommand
        private DeadLettersCommand letters = new DeadLettersCommand(Workplace.nowhere());

        @Parameters(paramLabel = "ID", description = "as the list shows it")
        private String id = "";

        public Show(Workplace workplace) {
            this.workplace = workplace;
        }

        @Override
        public Integer call() {
            DeadLetter letter = find(box(workplace).all(), id);
            if (letters.json) {
                workplace.out().println(Shown.json(letter));
                return 0;
            }
            Table table = new Table("WHAT", "IS");
            table.row("id", letter.id());
            table.row("set aside", Shown.dateTime(letter.at()));
            table.row("topic", letter.topic());
            table.row("partition", letter.partition());
            table.row("offset", letter.offset());
            table.row("type", letter.type() == null ? "not said" : letter.type());
            table.row("reason", letter.reason());
            table.row("size", letter.size() + " bytes");
            table.row("headers", String.join(", ", letter.headers()));
            table.row("sent again", Shown.dateTime(letter.resentAt()));
            workplace.print(table);
            return 0;
        }
    }

    @Command(
            name = "resend",
            description =
                    "Sends dead letters to where they came from, as they came, after what was"
                            + " wrong has been mended.",
            mixinStandardHelpOptions = true)
    public static final class Resend implements Callable<Integer> {

        private final Workplace workplace;

        @Parameters(paramLabel = "ID", arity = "0..*", description = "as the list shows them")
        private List<String> ids = new ArrayList<>();

        @Option(names = "--all", description = "all that were not sent again yet")
        private boolean all;

        @Option(names = "--again", description = "also what was sent again before")
        private boolean again;

        public Resend(Workplace workplace) {
            this.workplace = workplace;
        }

        @Override
        public Integer call() {
            if (all == !ids.isEmpty()) {
                throw new WrongUse("Say which: ids as ./keyturn dlq lists them, or --all");
            }
            DeadLetterBox box = box(workplace);
            List<DeadLetter> there = box.all();
            List<DeadLetter> chosen =
                    all ? there : ids.stream().map(id -> find(there, id)).toList();
            int sent = 0;
            for (DeadLetter letter : chosen) {
                if (letter.resentAt() != null && !again) {
                    workplace
                            .err()
                            .println(
                                    "%s was sent again at %s already; --again sends it once more"
                                            .formatted(
                                                    letter.id(),
                                                    Shown.dateTime(letter.resentAt())));
                } else {
                    box.resend(letter);
                    sent++;
                }
            }
            workplace.out().println("Sent again: " + sent);
            return 0;
        }
    }
}
