package dev.keyturn.events;

import dev.keyturn.values.Prompt;
import java.time.Instant;
import java.util.UUID;

/** The site sent again, or another method was taken: a new round begins. */
public record TwoFaResent(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        UUID runId,
        long epoch,
        Instant at,
        UUID challengeId,
        int round,
        Prompt prompt)
        implements WorkerFact {}
