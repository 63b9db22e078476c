package dev.keyturn.simulator.db;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import dev.keyturn.simulator.world.SimulatedProcess;
import java.util.function.Function;

/** A process's way to its service's tables. */
public final class MemoryDatabase implements Database {

    private final SimulatedProcess process;
    private final Runnable notice;

    /**
     * A way to them.
     *
     * @param notice tells who listens
     */
    public MemoryDatabase(SimulatedProcess process, Runnable notice) {
        this.process = process;
        this.notice = notice;
    }

    /** At once, as a transaction: each use of it is one statement. */
    @Override
    public <T> T autocommit(Function<Statements, T> work) {
        return tx(work::apply);
    }

    @Override
    public <T> T tx(Function<Tx, T> work) {
        process.reachDatabase();
        MemoryTx tx = new MemoryTx(notice);
        T result;
        try {
            result = work.apply(tx);
        } catch (Throwable e) { // whatever it is: nothing was done
            tx.rollback();
            throw e;
        }
        tx.tell();
        if (tx.hasChanged()) {
            process.world().watch().onCommit(process, tx.messages());
            process.hearOfCommit();
        }
        tx.afterCommit().forEach(Runnable::run);
        return result;
    }
}
