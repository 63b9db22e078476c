package dev.keyturn.benchmark;

import dev.keyturn.benchmark.connector.TimedConnector;
import dev.keyturn.connectors.sandbox.SandboxConnector;
import dev.keyturn.local.infra.Checkout;
import dev.keyturn.sdk.Connector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * The jar of the timed connector, with the sandbox connector that it drives: a jar of the
 * connectors folder sees the SDK and itself only.
 */
final class ConnectorJar {

    private static final String SERVICE = "META-INF/services/" + Connector.class.getName();

    private ConnectorJar() {}

    static void write(Checkout checkout, Path jar) {
        Path benchmark = checkout.root().resolve("deploy/benchmark/target/benchmark-0.1.0.jar");
        Path connectors =
                checkout.root().resolve("connector-worker/connectors/target/connectors-0.1.0.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            copy(benchmark, folder(TimedConnector.class), out);
            copy(connectors, folder(SandboxConnector.class), out);
            out.putNextEntry(new JarEntry(SERVICE));
            out.write(TimedConnector.class.getName().getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String folder(Class<?> type) {
        return type.getPackageName().replace('.', '/') + "/";
    }

    private static void copy(Path from, String folder, JarOutputStream out) throws IOException {
        try (JarFile source = new JarFile(from.toFile())) {
            Enumeration<JarEntry> entries = source.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith(folder) && entry.getName().endsWith(".class")) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    try (InputStream in = source.getInputStream(entry)) {
                        long _ = in.transferTo(out);
                    }
                    out.closeEntry();
                }
            }
        }
    }
}
