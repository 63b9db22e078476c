package dev.keyturn.containers;

import dev.keyturn.local.infra.Catalogue;
import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.InfrastructureProvider;
import dev.keyturn.local.infra.KafkaAccess;
import dev.keyturn.local.infra.PostgresAccess;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.infra.Secrets;
import dev.keyturn.local.infra.StackFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Broker and database in containers of a Docker engine on this machine. The official images are
 * taken, or those that {@code KEYTURN_KAFKA_IMAGE} and {@code KEYTURN_POSTGRES_IMAGE} name.
 */
public final class Containers implements InfrastructureProvider {

    private static final String SERVER = "postgres";

    @Override
    public String name() {
        return "containers";
    }

    @Override
    public Started start(HomeFolder folder, Consumer<ProcessHandle> endWithUs) {
        return Engine.withOurLoader(() -> start(folder));
    }

    private static Started start(HomeFolder folder) {
        Secrets secrets = folder.secrets();
        // Tests take it for nothing but its users: the broker's own port is known only later.
        KafkaContainer kafka = kafka(new KafkaAccess(0, secrets));
        PostgreSQLContainer postgres = postgres(new PostgresAccess(0, secrets));
        Startables.deepStart(Stream.of(kafka, postgres)).join();
        KafkaAccess broker = new KafkaAccess(kafka.getMappedPort(9092), secrets);
        PostgresAccess database = new PostgresAccess(postgres.getMappedPort(5432), secrets);
        prepare(broker);
        prepare(database);
        return new Started(
                broker,
                database,
                () -> {
                    kafka.stop();
                    postgres.stop();
                });
    }

    /** With users and access rights as anywhere else; only the broker talks to itself without. */
    private static KafkaContainer kafka(KafkaAccess access) {
        return new KafkaContainer(image("KEYTURN_KAFKA_IMAGE", "apache/kafka", "4.2.1"))
                .withEnv(
                        Map.of(
                                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                                "BROKER:PLAINTEXT,PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                                "KAFKA_LISTENER_NAME_PLAINTEXT_SASL_ENABLED_MECHANISMS",
                                "PLAIN",
                                "KAFKA_LISTENER_NAME_PLAINTEXT_PLAIN_SASL_JAAS_CONFIG",
                                access.everybody(),
                                "KAFKA_AUTHORIZER_CLASS_NAME",
                                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                                "KAFKA_SUPER_USERS",
                                "User:admin;User:ANONYMOUS",
                                "KAFKA_AUTO_CREATE_TOPICS_ENABLE",
                                "false"));
    }

    private static PostgreSQLContainer postgres(PostgresAccess access) {
        return new PostgreSQLContainer(image("KEYTURN_POSTGRES_IMAGE", "postgres", "18"))
                .withDatabaseName(SERVER)
                .withUsername(PostgresAccess.SUPERUSER)
                .withPassword(PrivateFiles.read(access.superuserPassword()))
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
    }

    private static DockerImageName image(String variable, String official, String version) {
        return DockerImageName.parse(
                        Optional.ofNullable(System.getenv(variable))
                                .orElse(official + ":" + version))
                .asCompatibleSubstituteFor(official);
    }

    private static void prepare(KafkaAccess broker) {
        try (Admin admin =
                Admin.create(Map.<String, Object>copyOf(broker.clientConfig(KafkaAccess.ADMIN)))) {
            Catalogue.ofContract().applyTo(admin);
        }
    }

    private static void prepare(PostgresAccess database) {
        try (Connection server = database.connect(SERVER)) {
            database.prepare(server);
        } catch (SQLException e) {
            throw new StackFailure("PostgreSQL: " + e.getMessage(), e);
        }
    }
}
