package dev.keyturn.local.infra;

import dev.keyturn.wire.Principal;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Broker and database as processes that end with this JVM. */
final class ProcessInfrastructure implements Infrastructure {

    /** Test frameworks load this class more than once in a JVM; this property is there once. */
    private static final String SHARED = "dev.keyturn.local.infra.shared";

    private final HomeFolder folder;
    private final KafkaProcess kafka;
    private final PostgresProcess postgres;
    private final @Nullable Guardian guardian;

    private ProcessInfrastructure(HomeFolder folder, Ports ports, @Nullable Guardian guardian) {
        Checkout checkout = Checkout.here();
        Secrets secrets = folder.secrets();
        this.folder = folder;
        this.guardian = guardian;
        this.kafka =
                new KafkaProcess(
                        checkout,
                        folder.kafka(),
                        ports.kafka(),
                        ports.controller(),
                        secrets,
                        List.of());
        this.postgres =
                new PostgresProcess(checkout, folder.postgres(), ports.postgres(), secrets, true);
    }

    static Infrastructure ofThisJvm() {
        synchronized (Runtime.getRuntime()) {
            String shared = System.getProperty(SHARED);
            if (shared != null) {
                HomeFolder folder = new HomeFolder(Path.of(shared));
                return new ProcessInfrastructure(folder, Ports.read(folder), null);
            }
            Infrastructure started = startThrowAway();
            System.setProperty(SHARED, started.folder().toString());
            return started;
        }
    }

    static Infrastructure startThrowAway() {
        HomeFolder folder = new HomeFolder(temporaryFolder());
        folder.prepare();
        List<Integer> free = FreePorts.find(3);
        Ports ports = new Ports(free.get(0), free.get(1), free.get(2));
        ports.write(folder);
        Guardian guardian = Guardian.start();
        guardian.deleteWithUs(folder.path());
        ProcessInfrastructure infrastructure = new ProcessInfrastructure(folder, ports, guardian);
        try {
            infrastructure.start(guardian);
        } catch (CompletionException e) {
            guardian.close();
            throw e.getCause() instanceof StackFailure failure ? failure : e;
        }
        return infrastructure;
    }

    private void start(Guardian guardian) {
        Executor threads = task -> Thread.ofVirtual().start(task);
        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> startKafka(guardian), threads),
                        CompletableFuture.runAsync(() -> startPostgres(guardian), threads))
                .join();
    }

    private void startKafka(Guardian guardian) {
        kafka.prepare();
        Path log = folder.logs().resolve("kafka.log");
        kafka.awaitReady(run(guardian, kafka.command(), log), log, Catalogue.ofContract());
    }

    private void startPostgres(Guardian guardian) {
        postgres.prepare();
        Path log = folder.logs().resolve("postgres.log");
        postgres.awaitReady(run(guardian, postgres.command(), log), log);
    }

    private ProcessHandle run(Guardian guardian, List<String> command, Path log) {
        ProcessHandle process = Detached.start(command, Map.of(), folder.path(), log).toHandle();
        guardian.endWithUs(process);
        return process;
    }

    @Override
    public Map<String, String> serviceConfig(String service) {
        Principal principal = Principal.valueOf(service.toUpperCase(Locale.ROOT));
        Map<String, String> config = ServiceConfig.of(principal, kafka, postgres, folder);
        config.put("quarkus.http.test-port", "0");
        config.put("quarkus.management.test-port", "0");
        return config;
    }

    @Override
    public Map<String, Object> kafkaConfig(Principal principal) {
        return Map.copyOf(kafka.clientConfig(principal.user()));
    }

    @Override
    public Map<String, Object> kafkaAdminConfig() {
        return Map.copyOf(kafka.clientConfig(KafkaProcess.ADMIN));
    }

    @Override
    public DatabaseLogin database(Principal principal) {
        return postgres.login(principal);
    }

    @Override
    public DatabaseLogin databaseAdmin() {
        return postgres.superuser();
    }

    @Override
    public Path folder() {
        return folder.path();
    }

    /** The shared one is not closed: it ends with the JVM. */
    @Override
    public void close() {
        boolean shared = folder.path().toString().equals(System.getProperty(SHARED));
        if (guardian != null && !shared) {
            guardian.close();
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("keyturn-test-");
        } catch (IOException e) {
            throw new StackFailure("Cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    private record Ports(int kafka, int controller, int postgres) {

        void write(HomeFolder folder) {
            PrivateFiles.write(
                    file(folder),
                    "kafka=%d%ncontroller=%d%npostgres=%d%n"
                            .formatted(kafka, controller, postgres));
        }

        static Ports read(HomeFolder folder) {
            Properties properties = new Properties();
            try {
                properties.load(new StringReader(PrivateFiles.read(file(folder))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Ports(
                    port(properties, "kafka"),
                    port(properties, "controller"),
                    port(properties, "postgres"));
        }

        private static int port(Properties properties, String name) {
            return Integer.parseInt(properties.getProperty(name, ""));
        }

        private static Path file(HomeFolder folder) {
            return folder.path().resolve("ports.properties");
        }
    }
}
