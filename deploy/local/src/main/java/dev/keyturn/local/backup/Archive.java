package dev.keyturn.local.backup;

import dev.keyturn.local.infra.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Folders and files of a home folder as a compressed tar. */
final class Archive {

    private Archive() {}

    /** Packs those of the names that are there. */
    static void pack(Path home, List<String> names, OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GzipCompressorOutputStream(out))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (String name : names) {
                Path root = home.resolve(name);
                if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
                    packAll(home, root, tar);
                }
            }
        }
    }

    private static void packAll(Path home, Path root, TarArchiveOutputStream tar)
            throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.toList();
        }
        for (Path file : all) {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory() || attributes.isRegularFile()) {
                pack(home.relativize(file).toString(), file, attributes, tar);
            }
        }
    }

    private static void pack(
            String name, Path file, BasicFileAttributes attributes, TarArchiveOutputStream tar)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(attributes.isDirectory() ? name + "/" : name);
        entry.setMode(mode(Files.getPosixFilePermissions(file)));
        entry.setModTime(attributes.lastModifiedTime());
        if (attributes.isRegularFile()) {
            entry.setSize(attributes.size());
        }
        tar.putArchiveEntry(entry);
        if (attributes.isRegularFile()) {
            Files.copy(file, tar);
        }
        tar.closeArchiveEntry();
    }

    /**
     * Unpacks into a folder.
     *
     * @throws IOException if the content is not whole, or an entry would lie outside of the folder
     */
    static void unpack(InputStream in, Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GzipCompressorInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                unpack(tar, entry, entry.resolveIn(folder));
            }
            // To the very end: only then is it known that nothing was cut off.
            long _ = in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        if (entry.isDirectory()) {
            PrivateFiles.folder(target);
        } else if (entry.isFile()) {
            PrivateFiles.folder(target.resolveSibling(""));
            try (OutputStream out = Files.newOutputStream(PrivateFiles.fresh(target))) {
                long _ = tar.transferTo(out);
            }
        } else {
            throw new IOException(entry.getName() + ": must be a file or a folder");
        }
        Files.setPosixFilePermissions(target, permissions(entry.getMode()));
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : permissions) {
            mode |= bit(permission);
        }
        return mode;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & bit(permission)) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    private static int bit(PosixFilePermission permission) {
        return switch (permission) {
            case OWNER_READ -> 0400;
            case OWNER_WRITE -> 0200;
            case OWNER_EXECUTE -> 0100;
            case GROUP_READ -> 040;
            case GROUP_WRITE -> 020;
            case GROUP_EXECUTE -> 010;
            case OTHERS_READ -> 04;
            case OTHERS_WRITE -> 02;
            case OTHERS_EXECUTE -> 01;
        };
    }
}
