package dev.keyturn.commands;

import dev.keyturn.values.FactorType;
import java.time.Instant;
import java.util.UUID;

/** The person wants another kind of second factor. {@code round} is the one that the person saw. */
public record ChooseMethod(
        UUID commandId,
        UUID ownerId,
        UUID accountId,
        Instant at,
        UUID challengeId,
        int round,
        FactorType method)
        implements ChallengeCommand {}
