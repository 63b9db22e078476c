package dev.keyturn.service.outbox;

import dev.keyturn.service.db.Tx;
import dev.keyturn.wire.Principal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Writes messages in the transaction of the state that they tell of.
 *
 * <p>The account's lock comes before any row's, so that within a key the order of ids is the order
 * of commits and nobody waits in a circle.
 */
@ApplicationScoped
public class Outbox {

    private final OutboxTable table;
    private final OutboxSender sender;
    private final Clock clock;
    private final int service;

    Outbox(
            OutboxTable table,
            OutboxSender sender,
            Clock clock,
            @ConfigProperty(name = "keyturn.principal") Principal principal) {
        this.table = table;
        this.sender = sender;
        this.clock = clock;
        this.service = principal.lockNumber();
    }

    /** Takes the account's lock until the transaction ends. */
    public void lock(Tx tx, UUID accountId) {
        table.lock(tx, service, List.of(hash(accountId)));
    }

    /** Takes the locks of several accounts, in ascending order. */
    public void lockAll(Tx tx, Collection<UUID> accountIds) {
        if (!accountIds.isEmpty()) {
            table.lock(
                    tx,
                    service,
                    accountIds.stream().map(Outbox::hash).distinct().sorted().toList());
        }
    }

    /** Takes the account's lock if nobody has it; else says so and takes nothing. */
    public boolean tryLock(Tx tx, UUID accountId) {
        return table.tryLock(tx, service, hash(accountId));
    }

    /**
     * Writes a record; it is sent once the transaction has committed, after all earlier ones of the
     * account.
     */
    public void add(Tx tx, UUID accountId, ProducerRecord<String, byte[]> record) {
        table.add(tx, OutboxRow.of(accountId, record, clock.instant()));
        tx.onCommit(() -> sender.wake(Set.of(accountId)));
    }

    /** The second number of an account's lock; the first is {@link Principal#lockNumber()}. */
    public static int hash(UUID accountId) {
        return accountId.hashCode();
    }
}
