package dev.keyturn.simulator.db;

import dev.keyturn.simulator.world.World;

/** The workers' database. */
public final class WorkerTables {

    public final MemoryOutbox outbox;
    public final MemoryPositions positions;
    public final MemoryInstances instances;
    public final MemoryAccounts accounts;
    public final MemoryRuns runs;
    public final MemoryQueue queue;
    public final MemoryJournal journal;
    public final MemoryCheckpoints checkpoints;
    public final MemoryInbox inbox;
    public final MemorySpent spent;
    public final MemoryDocuments documents;

    public WorkerTables(World world) {
        outbox = new MemoryOutbox(world);
        positions = new MemoryPositions();
        instances = new MemoryInstances(world);
        accounts = new MemoryAccounts();
        runs = new MemoryRuns(world, instances);
        queue = new MemoryQueue(runs, accounts);
        journal = new MemoryJournal(world, runs);
        checkpoints = new MemoryCheckpoints(world, runs);
        inbox = new MemoryInbox(world);
        spent = new MemorySpent();
        documents = new MemoryDocuments();
    }

    /** What must stay as it is when all commands are read again. */
    public String state() {
        return String.join(
                "\n",
                accounts.toString(),
                runs.all().stream().map(RunRow::toString).toList().toString(),
                journal.toString(),
                checkpoints.all().toString(),
                spent.toString(),
                documents.toString());
    }
}
