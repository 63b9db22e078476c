package dev.keyturn.worker.testing;

import dev.keyturn.sdk.Connector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Makes a jar with a connector, as an author would. */
public final class ConnectorJar {

    private ConnectorJar() {}

    /** A jar that offers one class. */
    public static void write(Path jar, Class<?> connector) {
        String file = connector.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream bytes =
                        Objects.requireNonNull(
                                connector.getClassLoader().getResourceAsStream(file))) {
            out.putNextEntry(new JarEntry(file));
            out.write(bytes.readAllBytes());
            offer(out, connector.getName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A jar that offers a class which it does not have. */
    public static void writeBroken(Path jar) {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            offer(out, "org.example.NotThere");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void offer(JarOutputStream out, String name) throws IOException {
        out.putNextEntry(new JarEntry("META-INF/services/" + Connector.class.getName()));
        out.write(name.getBytes(StandardCharsets.UTF_8));
    }
}
