package dev.keyturn.local.stack;

import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.infra.StackFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies of what the build made. Services run from copies, so that a build beside a running stack
 * does not pull classes from under it.
 */
final class Apps {

    private final HomeFolder home;
    private final Path folder;

    Apps(HomeFolder home) {
        this.home = home;
        this.folder = home.cache().resolve("apps");
    }

    /** The copy of this state of the built folder, made if there is none yet. */
    Path copyOf(String name, Path built, String files) {
        List<Path> sources = list(built, files);
        if (sources.isEmpty()) {
            throw new StackFailure("Nothing built in " + built + ": run ./mvnw package");
        }
        Path copy = folder.resolve(name + "-" + fingerprint(built, sources));
        if (!Files.exists(copy)) {
            copy(built, sources, copy);
        }
        return copy;
    }

    /** Deletes the copies that are none of these, and archives of what is none of these. */
    void keepOnly(Set<Path> used) {
        others(folder, copy -> used.contains(copy)).forEach(PrivateFiles::deleteAll);
        Set<Path> archives =
                used.stream().map(of -> StartUpArchive.of(home, of)).collect(Collectors.toSet());
        others(home.cache(), file -> archives.contains(file) || !StartUpArchive.is(file))
                .forEach(PrivateFiles::deleteAll);
    }

    private static List<Path> others(Path folder, Predicate<Path> kept) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(kept.negate()).toList();
        } catch (IOException e) {
            throw PrivateFiles.failure(folder, e);
        }
    }

    /** A name for this state of a folder. */
    static String stateOf(Path folder) {
        return fingerprint(folder, list(folder, ".*"));
    }

    private static List<Path> list(Path built, String files) {
        if (!Files.isDirectory(built)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(built)) {
            return all.filter(Files::isRegularFile)
                    .filter(f -> built.relativize(f).toString().matches(files))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw PrivateFiles.failure(built, e);
        }
    }

    private static String fingerprint(Path built, List<Path> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
                String line =
                        built.relativize(file) + " " + a.size() + " " + a.lastModifiedTime() + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new StackFailure("This JDK has no SHA-256", e);
        } catch (IOException e) {
            throw PrivateFiles.failure(built, e);
        }
    }

    private static void copy(Path built, List<Path> files, Path copy) {
        Path aside = copy.resolveSibling(copy.getFileName() + ".new");
        PrivateFiles.deleteAll(aside);
        try {
            for (Path file : files) {
                Path target = aside.resolve(built.relativize(file));
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
            Files.move(aside, copy, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw PrivateFiles.failure(copy, e);
        }
    }
}
