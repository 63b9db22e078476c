package dev.keyturn.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A document was stored. {@code name} is the site's, data and never a path; {@code storeKey} is
 * where the document store has it; {@code size} is in bytes; {@code sha256} is lower-case hex.
 */
public record DocumentSaved(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        UUID runId,
        long epoch,
        Instant at,
        UUID documentId,
        String name,
        String mediaType,
        long size,
        String sha256,
        String storeKey)
        implements WorkerFact {}
