package dev.keyturn.events;

import dev.keyturn.wire.Message;
import java.util.UUID;

/**
 * A fact on the log, {@code connector.events.v1}. In the past tense; never changed, only added to.
 */
public sealed interface ConnectorEvent extends Message permits RunFact, AccountFact {

    /** The id of this fact, by which a reader knows a repeat. */
    UUID eventId();

    /** Whose account it is. */
    UUID ownerId();

    /** The account; the key of the record, so that all facts of one account are in order. */
    UUID accountId();

    @Override
    default UUID messageId() {
        return eventId();
    }

    @Override
    default String key() {
        return accountId().toString();
    }
}
