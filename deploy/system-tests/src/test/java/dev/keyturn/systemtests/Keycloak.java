package dev.keyturn.systemtests;

import static org.awaitility.Awaitility.await;

import dev.keyturn.local.infra.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A real Keycloak with the realm {@code bank}, on a port of its own, with fresh state, until the
 * JVM ends. What its own build makes of it is kept for the next run.
 */
final class Keycloak {

    /** Serial and C1 only: starts faster and needs less memory than the defaults. */
    private static final String JAVA_OPTS =
            "-Xms128m -Xmx400m -XX:MaxMetaspaceSize=256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                    + " -Dfile.encoding=UTF-8";

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path ZIP = TARGET.resolve("keycloak.zip");
    private static final Path FOLDER = TARGET.resolve("keycloak");
    private static final Path PREPARED = FOLDER.resolve("prepared");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;

    private Keycloak(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether the build has fetched it. */
    static boolean isThere() {
        return Files.exists(ZIP);
    }

    static Keycloak start() {
        try {
            prepare();
            freshData();
            int port = FreePorts.inARow(1);
            Process process =
                    command(
                                    "start",
                                    "--optimized",
                                    "--import-realm",
                                    "--cache=local",
                                    "--http-enabled=true",
                                    "--http-host=127.0.0.1",
                                    "--http-port=" + port,
                                    "--hostname-strict=false")
                            .start();
            Keycloak keycloak = new Keycloak(process, port);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            await("Keycloak").atMost(Duration.ofMinutes(5)).until(keycloak::isReady);
            return keycloak;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Keycloak does not start", e);
        }
    }

    /** The address of the realm. */
    String realm() {
        return "http://127.0.0.1:" + port + "/realms/bank";
    }

    /** What the connector is told about an account of this realm. */
    Map<String, String> account(String user) {
        return Map.of("address", realm(), "username", user, "password", user + "-pw");
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "Keycloak ended: " + TARGET.resolve("keycloak.log") + " says why");
        }
        try {
            URI address = URI.create(realm() + "/.well-known/openid-configuration");
            return HTTP.send(
                                    HttpRequest.newBuilder(address)
                                            .timeout(Duration.ofSeconds(20))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Once for all runs. */
    private static void prepare() throws IOException, InterruptedException {
        if (Files.exists(PREPARED)) {
            return;
        }
        delete(FOLDER);
        unzip();
        run("build", "--db=dev-file", "--cache=local");
        Files.createFile(PREPARED);
    }

    private static void freshData() throws IOException {
        delete(FOLDER.resolve("data"));
        Path imports = Files.createDirectories(FOLDER.resolve("data/import"));
        try (InputStream realm = Keycloak.class.getResourceAsStream("/keycloak/bank-realm.json")) {
            Files.copy(Objects.requireNonNull(realm), imports.resolve("bank-realm.json"));
        }
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        Process process = command(arguments).start();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroy();
            throw new IllegalStateException(
                    "kc.sh " + arguments[0] + " failed: " + TARGET.resolve("keycloak.log"));
        }
    }

    private static ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(FOLDER.resolve("bin/kc.sh").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(FOLDER.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        TARGET.resolve("keycloak.log").toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
        builder.environment().put("JAVA_OPTS", JAVA_OPTS);
        return builder;
    }

    private static void unzip() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(ZIP))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path below = Path.of(entry.getName());
                if (entry.isDirectory() || below.getNameCount() < 2) {
                    continue;
                }
                Path file = FOLDER.resolve(below.subpath(1, below.getNameCount())).normalize();
                if (!file.startsWith(FOLDER)) {
                    throw new IOException(entry.getName() + ": must stay below the folder");
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.copy(zip, file);
                if (file.toString().endsWith(".sh")) {
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted((a, b) -> b.compareTo(a)).forEach(Keycloak::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
