package dev.keyturn.service.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.service.ReadingTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What waits for a connection, against the real pool. */
@QuarkusTest
@QuarkusTestResource(ReadingTest.Stack.class)
class PoolTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @Inject Pool pool;
    @Inject Database database;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int size;

    @Test
    void aConnectionThatComesTooLateIsNotLostForThePool() {
        SqlDatabase impatient = new SqlDatabase(pool, SHORT);
        CountDownLatch taken = new CountDownLatch(size);
        CountDownLatch enough = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> holders = together(threads, () -> hold(taken, enough));
            taken.await();
            for (CompletableFuture<Integer> late : together(threads, () -> one(impatient))) {
                assertThatThrownBy(late::join).matches(Outage::is, "an outage: it is tried again");
            }
            enough.countDown();
            holders.forEach(CompletableFuture::join);

            assertThat(together(threads, () -> one(database)))
                    .allSatisfy(answer -> assertThat(answer.join()).isEqualTo(1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<CompletableFuture<Integer>> together(
            ExecutorService threads, Supplier<Integer> work) {
        return IntStream.range(0, size)
                .mapToObj(_ -> CompletableFuture.supplyAsync(work, threads))
                .toList();
    }

    private int hold(CountDownLatch taken, CountDownLatch enough) {
        return database.tx(
                tx -> {
                    taken.countDown();
                    try {
                        enough.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return 1;
                });
    }

    private static int one(Database database) {
        return database.tx(tx -> tx.query("select 1").iterator().next().getInteger(0));
    }
}
