package dev.keyturn.worker.documents;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Documents in a folder: {@code account/document}, folders of mode 700 and files of mode 600. Each
 * is written aside and moved into place; no link is followed below the folder.
 */
public final class FolderDocuments implements DocumentStore {

    private static final String UUID_PATTERN =
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final Pattern KEY = Pattern.compile(UUID_PATTERN + "/" + UUID_PATTERN);
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");

    private final Path root;

    private FolderDocuments(Path root) {
        this.root = root;
    }

    /**
     * Opens a folder, and makes it if it is not there. The folder itself may be reached by a link.
     *
     * @throws IOException naming the folder, if it cannot be made or is no folder
     */
    public static FolderDocuments open(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder.toAbsolutePath(), FOLDER);
        }
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(folder.toString(), null, "is not a folder");
        }
        return new FolderDocuments(folder.toRealPath());
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    @Override
    public StoredDocument write(UUID accountId, UUID documentId, byte[] content)
            throws IOException {
        Path folder = accountFolder(accountId);
        Path place = folder.resolve(documentId.toString());
        refuseUnlessFile(place);
        Path aside = folder.resolve("." + documentId + "." + UUID.randomUUID() + ".part");
        try {
            writeAside(aside, content);
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw isFull(e) ? new NoRoom("There is no room for documents in " + root, e) : e;
        } finally {
            Files.deleteIfExists(aside);
        }
        sync(folder);
        return new StoredDocument(
                accountId + "/" + documentId, content.length, StoredDocument.sha256(content));
    }

    private Path accountFolder(UUID accountId) throws IOException {
        Path folder = root.resolve(accountId.toString());
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            // Another document of the account may make it at the same time: createDirectories
            // does not mind.
            Files.createDirectories(folder, FOLDER);
            sync(root);
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw inTheWay(folder, "a folder");
        }
        return folder;
    }

    private static void writeAside(Path aside, byte[] content) throws IOException {
        Set<OpenOption> how =
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        try (FileChannel file = FileChannel.open(aside, how, FILE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
            file.force(true);
        }
    }

    // Moving would replace a link and not follow it; but one that is there was not made by us.
    private static void refuseUnlessFile(Path place) throws IOException {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            throw inTheWay(place, "a file");
        }
    }

    private static FileSystemException inTheWay(Path place, String expected) {
        String what = Files.isSymbolicLink(place) ? "a link" : "something else";
        return new FileSystemException(
                place.toString(), null, what + " is in the way: must be " + expected);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean isFull(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded");
    }

    @Override
    public byte[] read(String key) throws IOException {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "document key=" + key + ": must be account/document");
        }
        Path folder = root.resolve(key.substring(0, key.indexOf('/')));
        Path place = root.resolve(key);
        if (Files.isSymbolicLink(folder)) {
            throw inTheWay(folder, "a folder");
        }
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(place.toString());
        }
        refuseUnlessFile(place);
        return Files.readAllBytes(place);
    }

    @Override
    public void deleteAccount(UUID accountId) throws IOException {
        Path folder = root.resolve(accountId.toString());
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw inTheWay(folder, "a folder");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
        sync(root);
    }
}
