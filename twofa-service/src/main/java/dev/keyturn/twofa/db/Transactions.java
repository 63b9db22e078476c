package dev.keyturn.twofa.db;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Hibernate Reactive's transactions for code that may block: a session lives on an event loop. */
@ApplicationScoped
public class Transactions {

    /** Longer than any transaction here takes; a connection that hangs must not hang its reader. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Mutiny.SessionFactory sessions;
    private final Duration limit;

    @Inject
    Transactions(Mutiny.SessionFactory sessions) {
        this(sessions, LIMIT);
    }

    /**
     * @param limit how long a transaction may take, with the wait for its connection
     */
    Transactions(Mutiny.SessionFactory sessions, Duration limit) {
        this.sessions = sessions;
        this.limit = limit;
    }

    /**
     * Does the work in one READ COMMITTED transaction, and returns when it has committed.
     *
     * @throws RuntimeException if nothing was done, or, after a failed commit, nobody knows
     */
    public <T> T call(Function<Mutiny.Session, Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(
                    () ->
                            sessions.withTransaction(work)
                                    .ifNoItem()
                                    .after(limit)
                                    .failWith(
                                            () ->
                                                    new IllegalStateException(
                                                            "database: must answer within "
                                                                    + limit)));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("database: the transaction failed", e);
        }
    }
}
