package dev.keyturn.simulator.db;

import dev.keyturn.home.status.RunStatus;
import dev.keyturn.service.db.Tx;
import dev.keyturn.simulator.world.World;
import java.util.Optional;
import java.util.UUID;

/** home-service's database. */
public final class HomeTables {

    public final MemoryOutbox outbox;
    public final MemoryPositions positions = new MemoryPositions();
    public final Rows<UUID, RunStatus> runs = new Rows<>();
    public final Rows<UUID, Boolean> applied = new Rows<>();
    public final Rows<UUID, UUID> openRuns = new Rows<>();
    public final Rows<UUID, UUID> owners = new Rows<>();

    public HomeTables(World world) {
        outbox = new MemoryOutbox(world);
    }

    /** Writes a run, and frees its account when it has ended. */
    public void save(Tx tx, RunStatus run) {
        runs.put(tx, run.runId(), run);
        if (run.end() != null) {
            if (run.runId().equals(openRuns.get(run.accountId()))) {
                openRuns.remove(tx, run.accountId());
            }
        } else {
            boolean _ = openRuns.insert(tx, run.accountId(), run.runId());
        }
    }

    public Optional<RunStatus> run(UUID id) {
        return runs.find(id);
    }

    /** What must stay as it is when the log is read again. */
    public String state() {
        return runs + "\n" + openRuns;
    }
}
