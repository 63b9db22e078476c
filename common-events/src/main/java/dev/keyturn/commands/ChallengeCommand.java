package dev.keyturn.commands;

import dev.keyturn.wire.Message;
import java.util.UUID;

/** A command about a challenge, on {@code twofa.commands.v1}. */
public sealed interface ChallengeCommand extends Message
        permits OpenChallenge,
                CloseChallenge,
                SubmitCode,
                ResendCode,
                ChooseMethod,
                ExtendChallenge,
                CancelChallenge,
                ExpireChallenge {

    /** The id of this command, by which a reader knows a repeat. */
    UUID commandId();

    /** Whose account it is, as the sender knows it. */
    UUID ownerId();

    /** The account; the key of the record. */
    UUID accountId();

    /** The challenge. */
    UUID challengeId();

    @Override
    default UUID messageId() {
        return commandId();
    }

    @Override
    default String key() {
        return accountId().toString();
    }
}
