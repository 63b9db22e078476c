package dev.keyturn.local.backup;

import dev.keyturn.local.infra.PostgresProcess;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.stack.Version;
import dev.keyturn.local.terminal.WrongUse;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * All that a stopped stack has written, as one file: databases, the broker's log, documents, keys
 * and passwords, the operator's settings. They belong together: databases without the keys open
 * nothing, and stored positions fit the log that they were taken in.
 */
public final class Backup {

    private static final List<String> TAKEN =
            List.of("version", "secrets", "conf", "documents", "sandbox", "postgres", "kafka");

    private final Path home;

    /**
     * @param home the folder of a stack that does not run
     */
    public Backup(Path home) {
        this.home = home;
    }

    /** Whether there is something that a restore would replace. */
    public boolean hasData() {
        return TAKEN.stream().anyMatch(name -> Files.exists(home.resolve(name)));
    }

    /** Writes the backup aside and puts it in its place when it is whole. */
    public void write(Path file, Passphrase passphrase) {
        if (!Files.exists(home.resolve("postgres"))) {
            throw new StackFailure("There is nothing to back up in " + home);
        }
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(aside);
            try (OutputStream out =
                    SealedStream.sealing(
                            new BufferedOutputStream(
                                    Files.newOutputStream(PrivateFiles.fresh(aside))),
                            passphrase)) {
                Archive.pack(home, TAKEN, out);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            PrivateFiles.deleteAll(aside);
            throw PrivateFiles.failure(file, e);
        }
    }

    /**
     * Puts a backup in the place of what is there. Until it is known to be whole, and of a version
     * that this one can read, nothing is changed.
     */
    public void restore(Path file, Passphrase passphrase) {
        PrivateFiles.folder(home);
        Path aside = home.resolve("restored.new");
        PrivateFiles.deleteAll(aside);
        try {
            unpack(file, passphrase, PrivateFiles.folder(aside));
            Version.requireReadable(aside);
            PostgresProcess.own(aside.resolve("postgres"));
            replaceBy(aside);
        } finally {
            PrivateFiles.deleteAll(aside);
        }
    }

    private static void unpack(Path file, Passphrase passphrase, Path aside) {
        if (!Files.isRegularFile(file)) {
            throw new WrongUse("There is no file " + file);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                InputStream opened = SealedStream.opening(in, passphrase)) {
            Archive.unpack(opened, aside);
        } catch (IOException e) {
            throw new StackFailure(
                    "The backup %s is damaged or not whole, nothing was changed: %s"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** What was there is deleted last: until then it can be put back by hand. */
    private void replaceBy(Path restored) {
        Path old = home.resolve("restored.old");
        PrivateFiles.deleteAll(old);
        PrivateFiles.folder(old);
        for (String name : TAKEN) {
            move(home.resolve(name), old.resolve(name));
            move(restored.resolve(name), home.resolve(name));
        }
        PrivateFiles.deleteAll(old);
    }

    private static void move(Path from, Path to) {
        try {
            if (Files.exists(from)) {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw PrivateFiles.failure(to, e);
        }
    }
}
