package dev.keyturn.local.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server on loopback. Loopback is no fence, so everybody needs a password, and each
 * service has a role that owns the schema of its name and may do nothing else.
 */
public final class PostgresProcess {

    private static final String MAJOR = "18";
    private static final Duration START = Duration.ofMinutes(3);

    private final Path folder;
    private final PostgresAccess access;
    private final boolean throwAway;
    private final Path binaries;
    private final Unprivileged who;

    /**
     * @param folder where its data are, and stay
     * @param throwAway whether the data may be lost with the machine's power, for speed
     */
    public PostgresProcess(
            Checkout checkout, Path folder, int port, Secrets secrets, boolean throwAway) {
        this.folder = folder;
        this.access = new PostgresAccess(port, secrets);
        this.throwAway = throwAway;
        this.binaries = PostgresBinaries.unpacked(checkout);
        this.who = Unprivileged.forThisUser();
    }

    /** Gives a data folder from elsewhere, with all that is in it, to whom the server will be. */
    public static void own(Path folder) {
        Unprivileged who = Unprivileged.forThisUser();
        try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
            all.forEach(who::own);
        } catch (IOException e) {
            throw PrivateFiles.failure(folder, e);
        }
    }

    /** Makes the data folder at the first start, and judges the one that is there. */
    public void prepare() {
        PrivateFiles.folder(folder);
        if (!Files.exists(data())) {
            initialise();
        }
        Path version = data().resolve("PG_VERSION");
        if (!Files.exists(version)) {
            throw new StackFailure(
                    "The data folder " + data() + " is broken: it has no PG_VERSION file");
        }
        String found = PrivateFiles.read(version).strip();
        if (!MAJOR.equals(found)) {
            throw new StackFailure(
                    "The data in %s are of PostgreSQL %s, this is PostgreSQL %s"
                            .formatted(data(), found, MAJOR));
        }
    }

    /** The server's command line; no secret is in it. */
    public List<String> command() {
        List<String> command = new ArrayList<>(who.prefix());
        command.add(binaries.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", data().toString(), "-p", String.valueOf(access.port())));
        settings().forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        return command;
    }

    private Map<String, String> settings() {
        Map<String, String> settings =
                new java.util.TreeMap<>(
                        Map.of(
                                "listen_addresses", "127.0.0.1",
                                "unix_socket_directories", "",
                                "max_connections", "200",
                                "shared_buffers", "64MB",
                                "timezone", "UTC",
                                "log_timezone", "UTC"));
        if (throwAway) {
            settings.putAll(
                    Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off"));
        }
        return settings;
    }

    /** Waits until the server takes connections, then sees to the database, schemas and roles. */
    public void awaitReady(ProcessHandle process, Path log) {
        try (Connection connection =
                Waiting.until(
                        "PostgreSQL",
                        process,
                        log,
                        START,
                        () -> Optional.of(access.connect("postgres")))) {
            access.prepare(connection);
        } catch (SQLException e) {
            throw new StackFailure("PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** Asks the server to end all sessions and stop; without it, it would wait for its clients. */
    public static void interrupt(ProcessHandle process) {
        Commands.run("Stopping PostgreSQL", List.of("kill", "-INT", String.valueOf(process.pid())));
    }

    /** How its clients reach it. */
    public PostgresAccess access() {
        return access;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void initialise() {
        Path aside = folder.resolve("data.new");
        PrivateFiles.deleteAll(aside);
        who.own(PrivateFiles.folder(aside));
        Path password = access.superuserPassword();
        List<String> command = new ArrayList<>(who.prefix());
        command.add(binaries.resolve("bin/initdb").toString());
        command.addAll(
                List.of(
                        "-D",
                        aside.toString(),
                        "-U",
                        PostgresAccess.SUPERUSER,
                        "-A",
                        "scram-sha-256"));
        command.add("--pwfile=" + password);
        command.addAll(List.of("-E", "UTF8", "--locale=C", "--no-sync"));
        Commands.run("Making PostgreSQL's data folder " + aside, command);
        try {
            Files.move(aside, data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw PrivateFiles.failure(data(), e);
        }
    }
}
