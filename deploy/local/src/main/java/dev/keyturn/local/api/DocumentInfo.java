package dev.keyturn.local.api;

import java.time.Instant;
import java.util.UUID;

/** A document that a connector saved. */
public record DocumentInfo(
        UUID id, UUID accountId, String name, String mediaType, long size, Instant savedAt) {}
