package dev.keyturn.local.commands;

import dev.keyturn.local.backup.Backup;
import dev.keyturn.local.backup.Passphrase;
import dev.keyturn.local.terminal.WrongUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description =
                "Writes all data of a stopped stack, keys included, into one file under a"
                        + " passphrase.",
        mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {

    private final Workplace workplace;

    @Parameters(paramLabel = "FILE", description = "must not be there yet")
    private Path file = Path.of("");

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "holds the passphrase; else KEYTURN_PASSPHRASE, else it is asked")
    private @Nullable Path passphraseFile;

    public BackupCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        Path target = file.toAbsolutePath();
        if (Files.exists(target)) {
            throw new WrongUse(file + " is there already");
        }
        Passphrase passphrase =
                Passphrase.from(
                        passphraseFile, workplace.environment(), workplace.terminal(), true);
        Backup backup = new Backup(workplace.settings().home().path());
        workplace.stack().whileDown(() -> backup.write(target, passphrase));
        workplace
                .out()
                .println("The backup is in " + file + "; without its passphrase it is lost.");
        return 0;
    }
}
