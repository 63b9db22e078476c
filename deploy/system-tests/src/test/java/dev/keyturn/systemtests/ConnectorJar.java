package dev.keyturn.systemtests;

import dev.keyturn.sdk.Connector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The jar of a connector of these tests, as an author makes one. */
final class ConnectorJar {

    private ConnectorJar() {}

    /** With all of the connector's package. */
    static void write(Path jar, Class<? extends Connector> connector) {
        String folder = connector.getPackageName().replace('.', '/') + "/";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : classes(connector)) {
                out.putNextEntry(new JarEntry(folder + file.getFileName()));
                out.write(Files.readAllBytes(file));
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + Connector.class.getName()));
            out.write(connector.getName().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> classes(Class<?> connector) throws IOException {
        try {
            Path own =
                    Path.of(
                            Objects.requireNonNull(
                                            connector.getResource(
                                                    connector.getSimpleName() + ".class"))
                                    .toURI());
            try (Stream<Path> files = Files.list(Objects.requireNonNull(own.getParent()))) {
                return files.filter(f -> f.toString().endsWith(".class")).toList();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
