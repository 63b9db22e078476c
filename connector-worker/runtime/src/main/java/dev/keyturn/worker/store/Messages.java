package dev.keyturn.worker.store;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.ReplyAddress;
import dev.keyturn.wire.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the workers say, written to the outbox in the transaction of what it tells of. */
@ApplicationScoped
public class Messages {

    /** Tells all workers that there may be something to do. */
    public static final String CHANNEL = "keyturn_worker";

    private final Outbox outbox;

    Messages(Outbox outbox) {
        this.outbox = outbox;
    }

    public void fact(Tx tx, ConnectorEvent fact, @Nullable String traceparent) {
        outbox.addAll(tx, List.of(message(fact, traceparent)));
    }

    public void command(Tx tx, ChallengeCommand command, @Nullable String traceparent) {
        outbox.add(
                tx,
                command.accountId(),
                Codec.encode(Topics.CHALLENGES, command, Principal.WORKER, traceparent));
    }

    /** A command whose answer is waited for. */
    public void request(
            Tx tx, ChallengeCommand command, @Nullable String traceparent, ReplyAddress replyTo) {
        outbox.addAll(tx, List.of(message(command, traceparent, replyTo)));
    }

    /** Several of them, in one statement. */
    public void addAll(Tx tx, List<Outbox.Message> messages) {
        outbox.addAll(tx, messages);
    }

    /** A fact, for {@link #addAll}. */
    public static Outbox.Message message(ConnectorEvent fact, @Nullable String traceparent) {
        return new Outbox.Message(
                fact.accountId(), Codec.encode(Topics.EVENTS, fact, Principal.WORKER, traceparent));
    }

    /** A command whose answer is waited for, for {@link #addAll}. */
    public static Outbox.Message message(
            ChallengeCommand command, @Nullable String traceparent, ReplyAddress replyTo) {
        return new Outbox.Message(
                command.accountId(),
                Codec.encodeRequest(
                        Topics.CHALLENGES, command, Principal.WORKER, traceparent, replyTo));
    }

    /** Whether nothing of these accounts is left to be sent. */
    public boolean areSent(Tx tx, Set<UUID> accounts) {
        return tx.first(
                        "select 1 from outbox where order_key = any($1) limit 1",
                        (Object) accounts.toArray(UUID[]::new))
                .isEmpty();
    }
}
