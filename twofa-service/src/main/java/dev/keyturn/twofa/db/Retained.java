package dev.keyturn.twofa.db;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/** Deletes what has been kept long enough. Waits for nobody's row: what is in use goes later. */
@ApplicationScoped
public class Retained {

    /** How many rows of a table at once; there may be more. */
    public static final int LIMIT = 1_000;

    private final Transactions transactions;

    Retained(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Deletes challenges that ended before, verdicts that were given before.
     *
     * @return how many rows of the table that had more; {@link #LIMIT} if there may be more
     */
    public int delete(Instant before) {
        return transactions.call(
                session ->
                        delete(session, CHALLENGES, before)
                                .chain(
                                        challenges ->
                                                delete(session, SUBMISSIONS, before)
                                                        .map(s -> Math.max(s, challenges))));
    }

    private static Uni<Integer> delete(Mutiny.Session session, String sql, Instant before) {
        return session.createNativeQuery(sql)
                .setParameter("before", before)
                .setParameter("most", LIMIT)
                .executeUpdate();
    }

    /** An open one counts by its deadline: should its expiry ever be lost, it still goes. */
    private static final String CHALLENGES =
            """
            delete from challenge where challenge_id in (
                select challenge_id from challenge where coalesce(ended_at, deadline) < :before
                limit :most for update skip locked)\
            """;

    private static final String SUBMISSIONS =
            """
            delete from submission where ctid = any(array(
                select ctid from submission where at < :before
                limit :most for update skip locked))\
            """;
}
