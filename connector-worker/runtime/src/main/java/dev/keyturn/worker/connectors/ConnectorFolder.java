package dev.keyturn.worker.connectors;

import dev.keyturn.sdk.Connector;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds connectors in the jars of a folder, each jar with a class loader of its own. */
public final class ConnectorFolder {

    private static final String KEY = "keyturn.worker.connectors-folder=";

    private ConnectorFolder() {}

    /**
     * The connectors by slug.
     *
     * @throws IllegalArgumentException if there is no such folder, a jar cannot be used, or two
     *     connectors have one slug
     */
    public static Map<String, Loaded> load(Path folder) {
        Map<String, Loaded> bySlug = new HashMap<>();
        for (Path jar : jars(folder)) {
            for (Loaded loaded : load(folder, jar)) {
                @Nullable Loaded other = bySlug.putIfAbsent(loaded.info().slug(), loaded);
                if (other != null) {
                    throw wrong(
                            folder,
                            "the connector "
                                    + loaded.info().slug()
                                    + " must be in one jar, is in "
                                    + other.jar()
                                    + " and "
                                    + loaded.jar(),
                            null);
                }
            }
        }
        return Map.copyOf(bySlug);
    }

    private static List<Path> jars(Path folder) {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
            found.forEach(jars::add);
        } catch (IOException e) {
            throw wrong(folder, "must be a folder with the connectors' jars", e);
        }
        jars.sort(null);
        return jars;
    }

    private static List<Loaded> load(Path folder, Path jar) {
        String name = String.valueOf(jar.getFileName());
        try {
            ClassLoader loader =
                    new URLClassLoader(name, new URL[] {jar.toUri().toURL()}, new SdkOnly());
            return ServiceLoader.load(Connector.class, loader).stream()
                    .filter(found -> loader.equals(found.type().getClassLoader()))
                    .map(ServiceLoader.Provider::get)
                    .map(connector -> new Loaded(connector, connector.info(), name))
                    .toList();
        } catch (MalformedURLException | RuntimeException | Error e) {
            throw wrong(folder, name + " cannot be used: " + e, e);
        }
    }

    private static IllegalArgumentException wrong(
            Path folder, String what, @Nullable Throwable cause) {
        return new IllegalArgumentException(KEY + folder + ": " + what, cause);
    }
}
