package dev.keyturn.twofa.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.twofa.TwofaStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** Transactions that take too long, against the real database. */
@QuarkusTest
@WithTestResource(TwofaStack.class)
class TransactionsTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String SLOW = "select 1 from pg_sleep(1)";

    @Inject Mutiny.SessionFactory sessions;
    @Inject Transactions transactions;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int size;

    /** Twice as many as there are connections: half of them wait for one. */
    @Test
    void aTransactionThatIsTooLateGivesItsConnectionBack() {
        Transactions impatient = new Transactions(sessions, SHORT);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<CompletableFuture<Integer>> late = new ArrayList<>();
            IntStream.range(0, 2 * size)
                    .forEach(
                            _ ->
                                    late.add(
                                            CompletableFuture.supplyAsync(
                                                    () -> one(impatient, SLOW), threads)));
            for (CompletableFuture<Integer> each : late) {
                assertThatThrownBy(each::join).hasMessageContaining("must answer within PT0.3S");
            }
        }
        for (int i = 0; i < size; i++) {
            assertThat(one(transactions, "select 1")).isEqualTo(1);
        }
    }

    @Test
    void whatIsTooLateIsRolledBack() {
        Transactions impatient = new Transactions(sessions, SHORT);
        one(transactions, "select 1");
        assertThatThrownBy(
                        () ->
                                impatient.call(
                                        session ->
                                                session.createNativeQuery(
                                                                "create table too_late as " + SLOW)
                                                        .executeUpdate()))
                .hasMessageContaining("must answer within");
        assertThat(one(transactions, "select 2 from pg_sleep(2)")).isEqualTo(2);
        assertThat(
                        one(
                                transactions,
                                "select count(*)::int from pg_tables where tablename = 'too_late'"))
                .isZero();
    }

    private static int one(Transactions transactions, String sql) {
        return transactions.call(
                session -> session.createNativeQuery(sql, Integer.class).getSingleResult());
    }
}
