package dev.keyturn.commands;

import dev.keyturn.values.ChallengeOutcome;
import java.time.Instant;
import java.util.UUID;

/** Nobody needs the answer any more. */
public record CloseChallenge(
        UUID commandId,
        UUID ownerId,
        UUID accountId,
        Instant at,
        UUID runId,
        long epoch,
        UUID challengeId,
        ChallengeOutcome outcome)
        implements ChallengeCommand {}
