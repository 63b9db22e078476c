package dev.keyturn.events;

import dev.keyturn.values.Verdict;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** This submission did not win, and why. {@code runId} is absent where the challenge is unknown. */
public record TwoFaCodeTurnedAway(
        UUID eventId,
        UUID ownerId,
        UUID accountId,
        @Nullable UUID runId,
        Instant at,
        UUID challengeId,
        UUID submissionId,
        Verdict verdict)
        implements ChallengeFact {}
