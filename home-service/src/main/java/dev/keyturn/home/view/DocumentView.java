package dev.keyturn.home.view;

import java.time.Instant;
import java.util.UUID;

/**
 * A document that was fetched.
 *
 * @param name the site's name for it, untrusted text
 * @param size in bytes
 */
public record DocumentView(
        UUID id,
        UUID accountId,
        UUID runId,
        String name,
        String mediaType,
        long size,
        String sha256,
        Instant savedAt) {}
