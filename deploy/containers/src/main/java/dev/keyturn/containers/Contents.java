package dev.keyturn.containers;

import dev.keyturn.local.infra.DatabaseLogin;
import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.local.infra.InfrastructureProvider;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** What broker and database hold, for tests that ask whether it is what a service wants. */
public final class Contents {

    private Contents() {}

    /** The name of what started them. */
    public static String provider() {
        return InfrastructureProvider.chosen().name();
    }

    /** How many partitions each of the contract's topics has at the broker. */
    public static Map<String, Integer> partitions() {
        try (Admin admin = Admin.create(Infrastructure.forTests().kafkaAdminConfig())) {
            return admin.describeTopics(wanted().keySet()).allTopicNames().get().entrySet().stream()
                    .collect(
                            Collectors.toMap(
                                    Map.Entry::getKey, e -> e.getValue().partitions().size()));
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many it should have. */
    public static Map<String, Integer> wanted() {
        return Topics.all().stream().collect(Collectors.toMap(Topic::name, Topic::partitions));
    }

    /** How many migrations have made the schema of a service, and none has failed. */
    public static int migrations(Principal service) {
        DatabaseLogin login = Infrastructure.forTests().database(service);
        try (Connection connection =
                        DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                "select count(*), bool_and(success) from flyway_schema_history")) {
            return found.next() && found.getBoolean(2) ? found.getInt(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
