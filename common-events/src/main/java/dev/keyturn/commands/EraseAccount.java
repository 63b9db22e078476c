package dev.keyturn.commands;

import java.time.Instant;
import java.util.UUID;

/**
 * Delete all that is held of the account, its documents too if {@code documents}, and refuse every
 * later command for it.
 */
public record EraseAccount(
        UUID commandId, UUID ownerId, UUID accountId, Instant at, boolean documents)
        implements RunCommand {}
