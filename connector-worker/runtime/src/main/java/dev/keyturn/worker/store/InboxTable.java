package dev.keyturn.worker.store;

import dev.keyturn.commands.RunCommand;
import dev.keyturn.service.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Table {@code inbox}: which commands were applied. */
@ApplicationScoped
public class InboxTable {

    /** Whether the command is applied for the first time. */
    public boolean isNew(Tx tx, RunCommand command, Instant now) {
        return tx.update(
                        """
                        insert into inbox (command_id, account_id, type, applied_at) values ($1, $2, $3, $4)
                        on conflict do nothing
                        """,
                        command.commandId(),
                        command.accountId(),
                        command.typeName(),
                        now)
                == 1;
    }

    public int clean(Tx tx, Instant before) {
        return tx.update("delete from inbox where applied_at < $1", before);
    }
}
