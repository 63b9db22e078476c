package dev.keyturn.local.infra;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files of mode 600 in folders of mode 700. */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private PrivateFiles() {}

    /** The folder, made if it is not there, and closed to others. */
    public static Path folder(Path folder) {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            Files.setPosixFilePermissions(folder, FOLDER);
            return folder;
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /** Writes aside and moves into place, so that a reader sees the old text or the new. */
    public static void write(Path file, String text) {
        try {
            Path parent = folder(parentOf(file));
            Path aside = Files.createTempFile(parent, ".new-", "", FILE);
            Files.writeString(aside, text);
            Files.move(aside, file, ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Takes a file's rights from all but its owner. */
    public static void close(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** An empty file that only we can read, if there is none yet. */
    public static Path touch(Path file) {
        try {
            folder(parentOf(file));
            return Files.exists(file) ? file : Files.createFile(file, FILE);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** A new and empty file that only we can read. */
    public static Path fresh(Path file) throws IOException {
        return Files.createFile(file, FILE);
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Deletes a folder with all that is in it; follows no link. */
    public static void deleteAll(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new Delete());
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /** What went wrong with a file, in one line; a full disk by its name. */
    public static StackFailure failure(Path file, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left on device")) {
            return new StackFailure("The disk is full: could not write " + file, e);
        }
        String what = message.replace(file + ": ", "");
        boolean telling = !what.equals(file.toString());
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        return new StackFailure("Cannot use " + file + ": " + (telling ? what : kind), e);
    }

    private static Path parentOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new UncheckedIOException(new IOException(file + " is no file"));
        }
        return parent;
    }

    private static final class Delete extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error)
                throws IOException {
            if (error != null) {
                throw error;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
