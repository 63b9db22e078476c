package dev.keyturn.worker.it;

import static org.awaitility.Awaitility.await;

import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.seal.FleetKeys;
import dev.keyturn.seal.FleetPublicKeys;
import dev.keyturn.service.db.Database;
import dev.keyturn.worker.claim.Slots;
import dev.keyturn.worker.testing.CutDatabase;
import dev.keyturn.worker.testing.Others;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import dev.keyturn.worker.testing.WorkerStack;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every test against the real thing needs. */
@QuarkusTestResource(WorkerStack.class)
abstract class WorkerIntegration {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject Database database;
    @Inject Slots slots;
    @Inject MeterRegistry metrics;

    Infrastructure infrastructure;
    Others others;
    Site site;

    @BeforeEach
    void begin() {
        infrastructure = Infrastructure.forTests();
        others = new Others(infrastructure);
        site = new Site();
    }

    @AfterEach
    void end() throws InterruptedException {
        site.close();
        others.close();
    }

    Person person() {
        return new Person(others, publicKeys(), site.address());
    }

    static FleetPublicKeys publicKeys() {
        return FleetKeys.load(setting("keyturn.keys.private-file")).publicKeys();
    }

    static Path documents() {
        return setting("keyturn.documents.folder");
    }

    private static Path setting(String key) {
        return ConfigProvider.getConfig().getValue(key, Path.class);
    }

    /** One value from the worker's tables. */
    String value(String sql, UUID id) {
        return onVirtualThread(
                () ->
                        CutDatabase.uncut(
                                () ->
                                        database.tx(
                                                tx ->
                                                        tx.first(sql, id)
                                                                .map(WorkerIntegration::text)
                                                                .orElse("(none)"))));
    }

    /** "null" where there is a row without a value. */
    private static String text(Row row) {
        return String.valueOf(row.getValue(0));
    }

    void change(String sql, Object... parameters) {
        int _ =
                onVirtualThread(
                        () ->
                                CutDatabase.uncut(
                                        () -> database.tx(tx -> tx.update(sql, parameters))));
    }

    static <T> T onVirtualThread(Callable<T> work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(work).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    double count(String counter, String... tags) {
        return metrics.find(counter).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    void awaitIdle() {
        await().atMost(PATIENCE).until(() -> slots.working() == 0 && slots.waiting() == 0);
    }

    /** What the management port answers. */
    static String get(String path) {
        int port =
                ConfigProvider.getConfig()
                        .getOptionalValue("quarkus.management.port", Integer.class)
                        .filter(p -> p > 0)
                        .orElseGet(
                                () ->
                                        ConfigProvider.getConfig()
                                                .getValue(
                                                        "quarkus.management.test-port",
                                                        Integer.class));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another worker, whose lease ends at an expression of SQL. */
    UUID otherInstance(String name, String expires) {
        UUID id = UUID.randomUUID();
        change(
                "insert into instance (instance_id, name, started_at, expires_at, state) values"
                        + " ($1, $2, now(), "
                        + expires
                        + ", 'LIVE')",
                id,
                name);
        return id;
    }

    void givenTo(UUID run, UUID holder) {
        change("update run set holder = $2 where run_id = $1", run, holder);
    }
}
