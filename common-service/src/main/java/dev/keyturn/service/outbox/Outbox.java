package dev.keyturn.service.outbox;

import dev.keyturn.service.db.Tx;
import dev.keyturn.wire.Principal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

    /** A record, and the account whose order it keeps. */
    public record Message(UUID accountId, ProducerRecord<String, byte[]> record) {}

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

    /** Takes the locks of those accounts that nobody else has, and says of which. */
    public Set<UUID> tryLock(Tx tx, Collection<UUID> accountIds) {
        Set<Integer> taken =
                table.tryLock(
                        tx, service, accountIds.stream().map(Outbox::hash).distinct().toList());
        return accountIds.stream()
                .filter(id -> taken.contains(hash(id)))
                .collect(Collectors.toSet());
    }

    /**
     * Writes a record; it is sent once the transaction has committed, after all earlier ones of the
     * account.
     */
    public void add(Tx tx, UUID accountId, ProducerRecord<String, byte[]> record) {
        addAll(tx, List.of(new Message(accountId, record)));
    }

    /** Writes records in their order, in one statement. */
    public void addAll(Tx tx, List<Message> messages) {
        Instant now = clock.instant();
        table.add(
                tx,
                messages.stream().map(m -> OutboxRow.of(m.accountId(), m.record(), now)).toList());
        Set<UUID> keys = messages.stream().map(Message::accountId).collect(Collectors.toSet());
        tx.onCommit(() -> sender.wake(keys));
    }

    /** The second number of an account's lock; the first is {@link Principal#lockNumber()}. */
    public static int hash(UUID accountId) {
        return accountId.hashCode();
    }
}
