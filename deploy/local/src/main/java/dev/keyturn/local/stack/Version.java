package dev.keyturn.local.stack;

import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.infra.StackFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The versions of what runs, as the build wrote them down, and which of them made the data. */
public final class Version {

    private static final Properties BUILT = built();
    private static final String FILE = "version";

    private Version() {}

    public static String keyturn() {
        return of("keyturn");
    }

    public static String kafka() {
        return of("kafka");
    }

    public static String postgres() {
        return of("postgres");
    }

    private static String of(String name) {
        return BUILT.getProperty(name, "unknown");
    }

    private static Properties built() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/keyturn-versions.properties")) {
            if (in == null) {
                throw new StackFailure("keyturn-versions.properties is missing from the build");
            }
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses data that a newer Keyturn or Kafka wrote; else notes that these write them. */
    static void claimData(HomeFolder home) {
        requireReadable(home.path());
        PrivateFiles.write(home.path().resolve(FILE), keyturn());
        PrivateFiles.write(home.kafka().resolve(FILE), kafka());
    }

    /** Refuses a folder whose data were written by a newer version. (PostgreSQL says it itself.) */
    public static void requireReadable(Path folder) {
        require(folder, folder.resolve(FILE), "Keyturn", keyturn());
        require(folder, folder.resolve("kafka").resolve(FILE), "Kafka", kafka());
    }

    private static void require(Path folder, Path file, String what, String own) {
        if (!Files.exists(file)) {
            return;
        }
        String found = PrivateFiles.read(file).strip();
        if (isNewer(found, own)) {
            throw new StackFailure(
                    "The data in %s were written by %s %s, this is %s %s: use the newer one, or another KEYTURN_HOME"
                            .formatted(folder, what, found, what, own));
        }
    }

    static boolean isNewer(String found, String own) {
        List<Integer> a = numbers(found);
        List<Integer> b = numbers(own);
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order > 0;
            }
        }
        return a.size() > b.size();
    }

    private static List<Integer> numbers(String version) {
        if (!version.matches("[0-9]{1,6}(\\.[0-9]{1,6})*([-+].*)?")) {
            throw new StackFailure("The version of the data is not readable: " + version);
        }
        return Stream.of(version.replaceFirst("[-+].*", "").split("\\.", -1))
                .map(Integer::valueOf)
                .toList();
    }
}
