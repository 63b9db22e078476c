package dev.keyturn.service.db;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Transactions in blocking style. To be called on a virtual thread, or on any that may block. */
@ApplicationScoped
public class Database {

    private static final Logger LOG = Logger.getLogger(Database.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Pool pool;

    Database(Pool pool) {
        this.pool = pool;
    }

    /**
     * Does the work in one READ COMMITTED transaction: all of it or, if it throws, nothing.
     *
     * @throws RuntimeException what the work threw, or that the database cannot be reached. After a
     *     failed commit nobody knows whether it was done: the work must be such that it can be done
     *     again
     */
    public <T> T tx(Function<Tx, T> work) {
        SqlConnection connection = pool.getConnection().await().atMost(LIMIT);
        Tx tx = new Tx(connection);
        T result;
        try {
            Transaction transaction = connection.begin().await().atMost(LIMIT);
            result = run(work, tx, transaction);
            transaction.commit().await().atMost(LIMIT);
        } finally {
            close(connection);
        }
        tx.afterCommit().forEach(Database::runQuietly);
        return result;
    }

    /** The same without a result. */
    public void run(Consumer<Tx> work) {
        Boolean _ =
                tx(
                        tx -> {
                            work.accept(tx);
                            return true;
                        });
    }

    private static <T> T run(Function<Tx, T> work, Tx tx, Transaction transaction) {
        try {
            return work.apply(tx);
        } catch (RuntimeException | Error e) {
            rollback(transaction, e);
            throw e;
        }
    }

    private static void rollback(Transaction transaction, Throwable cause) {
        try {
            transaction.rollback().await().atMost(LIMIT);
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static void close(SqlConnection connection) {
        try {
            connection.close().await().atMost(LIMIT);
        } catch (RuntimeException e) {
            LOG.warn("A database connection could not be given back", e);
        }
    }

    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("What should follow a commit failed; the commit stands", e);
        }
    }
}
