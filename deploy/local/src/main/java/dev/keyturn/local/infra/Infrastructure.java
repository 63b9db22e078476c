package dev.keyturn.local.infra;

import dev.keyturn.wire.Principal;
import java.nio.file.Path;
import java.util.Map;

/**
 * A broker with the contract's topics and access rules, and a database with a schema and a role for
 * each service. Tests and the launcher get both from here and do not know what provides them.
 *
 * <p>A service's test resource is this:
 *
 * <pre>{@code
 * public final class LocalStack implements QuarkusTestResourceLifecycleManager {
 *     public Map<String, String> start() {
 *         return Infrastructure.forTests().serviceConfig("twofa");
 *     }
 *     public void stop() {}
 * }
 * }</pre>
 */
public interface Infrastructure extends AutoCloseable {

    /**
     * The one of this JVM, started at the first call, on free ports, with data that go away with
     * the JVM however it ends. Nobody has to close it.
     */
    static Infrastructure forTests() {
        return StartedInfrastructure.ofThisJvm();
    }

    /** One of its own, for a test that stops or breaks it; the caller closes it. */
    static Infrastructure startNew() {
        return StartedInfrastructure.start(InfrastructureProvider.chosen());
    }

    /**
     * What a service needs to reach broker and database with the rights it has, and the files it
     * reads, as Quarkus properties.
     *
     * @param service {@code home}, {@code twofa} or {@code worker}
     */
    Map<String, String> serviceConfig(String service);

    /** A Kafka client's configuration with the rights of one service. */
    Map<String, Object> kafkaConfig(Principal principal);

    /** A Kafka client's configuration with all rights. */
    Map<String, Object> kafkaAdminConfig();

    /** A database login with the rights of one service. */
    DatabaseLogin database(Principal principal);

    /** A database login with all rights. */
    DatabaseLogin databaseAdmin();

    /** Where keys, tokens and documents of this infrastructure are. */
    Path folder();

    /** Stops both at once, and deletes what was made for this run only. */
    @Override
    void close();
}
