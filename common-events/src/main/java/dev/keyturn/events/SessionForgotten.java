package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/** The kept session is gone; {@code commandId} is the {@code ForgetSession} that asked. */
public record SessionForgotten(
        UUID eventId, UUID ownerId, UUID accountId, Instant at, UUID commandId)
        implements AccountFact {}
