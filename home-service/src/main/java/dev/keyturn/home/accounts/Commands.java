package dev.keyturn.home.accounts;

import dev.keyturn.commands.RunCommand;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import jakarta.enterprise.context.ApplicationScoped;

/** Commands to the workers, in the transaction of what they tell of. */
@ApplicationScoped
public class Commands {

    private final Outbox outbox;

    Commands(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Writes a command; it is sent after all earlier ones of its account. */
    public void send(Tx tx, RunCommand command) {
        outbox.add(
                tx, command.accountId(), Codec.encode(Topics.RUNS, command, Principal.HOME, null));
    }
}
