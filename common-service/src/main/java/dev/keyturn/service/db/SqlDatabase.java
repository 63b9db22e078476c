package dev.keyturn.service.db;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Transactions of Postgres. */
@ApplicationScoped
class SqlDatabase implements Database {

    private static final Logger LOG = Logger.getLogger(SqlDatabase.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Pool pool;
    private final Duration limit;

    @Inject
    SqlDatabase(Pool pool) {
        this(pool, LIMIT);
    }

    /**
     * @param limit how long each step may take: to get a connection, to begin, to commit
     */
    SqlDatabase(Pool pool, Duration limit) {
        this.pool = pool;
        this.limit = limit;
    }

    @Override
    public <T> T tx(Function<Tx, T> work) {
        SqlConnection connection = connection();
        SqlTx tx = new SqlTx(connection);
        T result;
        try {
            Transaction transaction = connection.begin().await().atMost(limit);
            result = run(work, tx, transaction);
            transaction.commit().await().atMost(limit);
        } finally {
            close(connection);
        }
        tx.afterCommit().forEach(SqlDatabase::runQuietly);
        return result;
    }

    @Override
    public <T> T autocommit(Function<Statements, T> work) {
        SqlConnection connection = connection();
        try {
            return work.apply(new SqlStatements(connection));
        } finally {
            close(connection);
        }
    }

    private SqlConnection connection() {
        CompletableFuture<SqlConnection> wanted = pool.getConnection().subscribeAsCompletionStage();
        try {
            return wanted.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            giveBackLater(wanted);
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            giveBackLater(wanted);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a connection", e);
        }
    }

    /** One that comes when nobody waits any more would be missing in the pool for ever. */
    private static void giveBackLater(CompletableFuture<SqlConnection> wanted) {
        var _ = wanted.thenAccept(SqlConnection::closeAndForget);
    }

    private <T> T run(Function<Tx, T> work, SqlTx tx, Transaction transaction) {
        try {
            return work.apply(tx);
        } catch (RuntimeException | Error e) {
            rollback(transaction, e);
            throw e;
        }
    }

    private void rollback(Transaction transaction, Throwable cause) {
        try {
            transaction.rollback().await().atMost(limit);
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private void close(SqlConnection connection) {
        try {
            connection.close().await().atMost(limit);
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
