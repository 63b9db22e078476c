package dev.keyturn.service.stop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Loads what a start without servers never comes to, and the first record needs: whoever waits for
 * that one would wait for its classes.
 */
final class FirstClasses {

    private static final String SUFFIX = ".class";

    private static final List<String> PACKAGES =
            List.of(
                    "dev/keyturn/",
                    "com/fasterxml/jackson/databind/",
                    "com/nimbusds/jose/",
                    "io/cloudevents/",
                    "io/vertx/ext/web/client/",
                    "io/vertx/pgclient/",
                    "io/vertx/sqlclient/",
                    "org/apache/kafka/clients/consumer/",
                    "org/apache/kafka/clients/producer/",
                    "org/apache/kafka/common/record/",
                    "org/hibernate/reactive/",
                    "org/jsoup/");

    private FirstClasses() {}

    /** Loads them from every jar of the class path. */
    static void load() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            for (URL manifest : Collections.list(loader.getResources(JarFile.MANIFEST_NAME))) {
                if (manifest.openConnection() instanceof JarURLConnection connection) {
                    connection.getJarFile().stream()
                            .map(ZipEntry::getName)
                            .filter(name -> name.endsWith(SUFFIX))
                            .filter(name -> PACKAGES.stream().anyMatch(name::startsWith))
                            .forEach(name -> load(name, loader));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void load(String file, ClassLoader loader) {
        String name = file.substring(0, file.length() - SUFFIX.length()).replace('/', '.');
        try {
            Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError _) {
            // It builds upon something that this service has not.
        }
    }
}
