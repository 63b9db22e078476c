package dev.keyturn.service.db;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Transactions of Postgres. */
@ApplicationScoped
class SqlDatabase implements Database {

    private static final Logger LOG = Logger.getLogger(SqlDatabase.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Pool pool;

    SqlDatabase(Pool pool) {
        this.pool = pool;
    }

    @Override
    public <T> T tx(Function<Tx, T> work) {
        SqlConnection connection = pool.getConnection().await().atMost(LIMIT);
        SqlTx tx = new SqlTx(connection);
        T result;
        try {
            Transaction transaction = connection.begin().await().atMost(LIMIT);
            result = run(work, tx, transaction);
            transaction.commit().await().atMost(LIMIT);
        } finally {
            close(connection);
        }
        tx.afterCommit().forEach(SqlDatabase::runQuietly);
        return result;
    }

    private static <T> T run(Function<Tx, T> work, SqlTx tx, Transaction transaction) {
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
