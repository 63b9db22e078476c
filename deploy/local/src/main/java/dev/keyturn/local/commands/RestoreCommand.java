package dev.keyturn.local.commands;

import dev.keyturn.local.backup.Backup;
import dev.keyturn.local.backup.Passphrase;
import dev.keyturn.local.terminal.WrongUse;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Puts a backup in place; the stack must be stopped.",
        mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {

    private final Workplace workplace;

    @Parameters(paramLabel = "FILE", description = "what ./keyturn backup wrote")
    private Path file = Path.of("");

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "holds the passphrase; else KEYTURN_PASSPHRASE, else it is asked")
    private @Nullable Path passphraseFile;

    @Option(names = "--replace", description = "delete the data that are there")
    private boolean replace;

    public RestoreCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        Backup backup = new Backup(workplace.settings().home().path());
        workplace.stack().whileDown(() -> restore(backup));
        workplace.out().println("The backup is in place: ./keyturn up");
        return 0;
    }

    private void restore(Backup backup) {
        if (backup.hasData() && !replace) {
            throw new WrongUse(
                    "There are data in %s already; --replace deletes them"
                            .formatted(workplace.settings().home().path()));
        }
        Passphrase passphrase =
                Passphrase.from(
                        passphraseFile, workplace.environment(), workplace.terminal(), false);
        backup.restore(file.toAbsolutePath(), passphrase);
    }
}
