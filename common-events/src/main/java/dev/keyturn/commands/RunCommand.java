package dev.keyturn.commands;

import dev.keyturn.wire.Message;
import java.util.UUID;

/** A command for the workers, on {@code connector.runs.v1}. */
public sealed interface RunCommand extends Message
        permits SaveCredentials, RequestRun, CancelRun, ForgetSession, EraseAccount {

    /** The id of this command, by which a reader knows a repeat. */
    UUID commandId();

    /** Whose account it is, as the sender knows it. */
    UUID ownerId();

    /** The account; the key of the record. */
    UUID accountId();

    @Override
    default UUID messageId() {
        return commandId();
    }

    @Override
    default String key() {
        return accountId().toString();
    }
}
