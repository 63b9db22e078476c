package dev.keyturn.service.db;

import java.util.function.Consumer;
import java.util.function.Function;

/** Transactions in blocking style. To be called on a virtual thread, or on any that may block. */
public interface Database {

    /**
     * Does the work in one READ COMMITTED transaction: all of it or, if it throws, nothing.
     *
     * @throws RuntimeException what the work threw, or that the database cannot be reached. After a
     *     failed commit nobody knows whether it was done: the work must be such that it can be done
     *     again
     */
    <T> T tx(Function<Tx, T> work);

    /**
     * Runs statements without a transaction around them, each of which commits by itself: for what
     * is one statement, a third of the round trips.
     *
     * @throws RuntimeException as for {@link #tx}; what ran before stands
     */
    <T> T autocommit(Function<Statements, T> work);

    /** The same as {@link #tx} without a result. */
    default void run(Consumer<Tx> work) {
        Boolean _ =
                tx(
                        tx -> {
                            work.accept(tx);
                            return true;
                        });
    }
}
