package dev.keyturn.local.api;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** One login of the user at one site. */
public record Account(
        UUID id,
        String connector,
        @Nullable String connectorName,
        String label,
        String status,
        @Nullable Instant since,
        @Nullable String credentials,
        @Nullable Run run) {}
