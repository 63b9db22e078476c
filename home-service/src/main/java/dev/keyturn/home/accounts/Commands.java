package dev.keyturn.home.accounts;

import dev.keyturn.commands.RunCommand;
import dev.keyturn.home.trace.Trace;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Commands to the workers, in the transaction of what they tell of. */
@ApplicationScoped
public class Commands {

    private final Outbox outbox;
    private final Trace trace;

    Commands(Outbox outbox, Trace trace) {
        this.outbox = outbox;
        this.trace = trace;
    }

    /** Writes a request's command; it is sent after all earlier ones of its account. */
    public void send(Tx tx, RunCommand command) {
        add(tx, command, trace.parent());
    }

    /** Writes a command once more that the log has not answered; no request is at hand then. */
    void sendAgain(Tx tx, RunCommand command) {
        add(tx, command, null);
    }

    private void add(Tx tx, RunCommand command, @Nullable String traceparent) {
        outbox.add(
                tx,
                command.accountId(),
                Codec.encode(Topics.RUNS, command, Principal.HOME, traceparent));
    }
}
