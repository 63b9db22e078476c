package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/** Everything that workers held of the account is gone, its documents too if {@code documents}. */
public record AccountErased(
        UUID eventId, UUID ownerId, UUID accountId, Instant at, boolean documents)
        implements AccountFact {}
