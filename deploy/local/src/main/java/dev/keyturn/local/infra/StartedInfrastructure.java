package dev.keyturn.local.infra;

import dev.keyturn.wire.Principal;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Broker and database that a provider started for this JVM. */
final class StartedInfrastructure implements Infrastructure {

    /** Test frameworks load this class more than once in a JVM; this property is there once. */
    private static final String SHARED = "dev.keyturn.local.infra.shared";

    private final HomeFolder folder;
    private final KafkaAccess kafka;
    private final PostgresAccess postgres;
    private final Runnable stop;

    private StartedInfrastructure(
            HomeFolder folder, KafkaAccess kafka, PostgresAccess postgres, Runnable stop) {
        this.folder = folder;
        this.kafka = kafka;
        this.postgres = postgres;
        this.stop = stop;
    }

    static Infrastructure ofThisJvm() {
        synchronized (Runtime.getRuntime()) {
            String shared = System.getProperty(SHARED);
            if (shared != null) {
                HomeFolder folder = new HomeFolder(Path.of(shared));
                Ports ports = Ports.read(folder);
                return new StartedInfrastructure(
                        folder,
                        new KafkaAccess(ports.kafka(), folder.secrets()),
                        new PostgresAccess(ports.postgres(), folder.secrets()),
                        () -> {});
            }
            Infrastructure started = start(InfrastructureProvider.chosen());
            System.setProperty(SHARED, started.folder().toString());
            return started;
        }
    }

    static Infrastructure start(InfrastructureProvider provider) {
        HomeFolder folder = new HomeFolder(temporaryFolder());
        folder.prepare();
        Guardian guardian = Guardian.start();
        guardian.deleteWithUs(folder.path());
        try {
            InfrastructureProvider.Started started = provider.start(folder, guardian::endWithUs);
            new Ports(started.kafka().port(), started.postgres().port()).write(folder);
            return new StartedInfrastructure(
                    folder,
                    started.kafka(),
                    started.postgres(),
                    () -> {
                        started.stop().run();
                        guardian.close();
                    });
        } catch (RuntimeException e) {
            guardian.close();
            throw e;
        }
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
        return Map.copyOf(kafka.clientConfig(KafkaAccess.ADMIN));
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
        if (!folder.path().toString().equals(System.getProperty(SHARED))) {
            stop.run();
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("keyturn-test-");
        } catch (IOException e) {
            throw new StackFailure("Cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    private record Ports(int kafka, int postgres) {

        void write(HomeFolder folder) {
            PrivateFiles.write(file(folder), "kafka=%d%npostgres=%d%n".formatted(kafka, postgres));
        }

        static Ports read(HomeFolder folder) {
            Properties properties = new Properties();
            try {
                properties.load(new StringReader(PrivateFiles.read(file(folder))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Ports(port(properties, "kafka"), port(properties, "postgres"));
        }

        private static int port(Properties properties, String name) {
            return Integer.parseInt(properties.getProperty(name, ""));
        }

        private static Path file(HomeFolder folder) {
            return folder.path().resolve("ports.properties");
        }
    }
}
