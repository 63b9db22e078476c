package dev.keyturn.simulator.db;

import dev.keyturn.commands.RunCommand;
import dev.keyturn.service.db.Tx;
import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.world.World;
import dev.keyturn.worker.store.InboxTable;
import java.time.Instant;
import java.util.UUID;

/** Table {@code inbox}. */
public final class MemoryInbox extends InboxTable {

    private final World world;
    private final Rows<UUID, Instant> rows = new Rows<>();

    MemoryInbox(World world) {
        this.world = world;
    }

    @Override
    public boolean isNew(Tx tx, RunCommand command, Instant now) {
        return rows.insert(tx, command.commandId(), now) || world.has(Mutant.COMMANDS_DONE_AGAIN);
    }

    @Override
    public int clean(Tx tx, Instant before) {
        return 0;
    }
}
