package dev.keyturn.worker.challenge;

import dev.keyturn.commands.CloseChallenge;
import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.events.TwoFaRejected;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.events.TwoFaResent;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.RejectedBy;
import dev.keyturn.values.RejectedWhy;
import dev.keyturn.worker.run.FactIds;
import dev.keyturn.worker.run.Run;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a run at one epoch says of its challenges. */
public record ChallengeMessages(Run run, long epoch, Instant now) {

    /** A new one, or the same again: only {@code commandId} tells them apart. */
    public OpenChallenge open(Checkpoint c, UUID commandId) {
        return new OpenChallenge(
                commandId,
                run.ownerId(),
                run.accountId(),
                now,
                run.id(),
                epoch,
                c.challengeId(),
                c.attempt(),
                c.retryOf(),
                c.round(),
                c.prompt(),
                c.deadline(),
                c.extendableTo(),
                c.sealTo());
    }

    public TwoFaRequested requested(Checkpoint c) {
        return new TwoFaRequested(
                FactIds.of(c.challengeId(), "TwoFaRequested", epoch),
                run.ownerId(),
                run.accountId(),
                run.id(),
                epoch,
                now,
                c.challengeId(),
                c.attempt(),
                c.retryOf(),
                c.round(),
                c.prompt(),
                c.deadline(),
                c.extendableTo(),
                c.sealTo());
    }

    /** A round after the first has begun. */
    public TwoFaResent resent(Checkpoint c) {
        return new TwoFaResent(
                FactIds.of(c.challengeId(), "TwoFaResent", c.round()),
                run.ownerId(),
                run.accountId(),
                run.id(),
                epoch,
                now,
                c.challengeId(),
                c.round(),
                c.prompt());
    }

    public TwoFaRejected rejected(
            UUID challengeId, int attempt, RejectedBy by, RejectedWhy why, @Nullable String words) {
        return new TwoFaRejected(
                FactIds.of(challengeId, "TwoFaRejected", attempt),
                run.ownerId(),
                run.accountId(),
                run.id(),
                epoch,
                now,
                challengeId,
                attempt,
                by,
                why,
                words);
    }

    public CloseChallenge close(UUID challengeId, ChallengeOutcome outcome) {
        return new CloseChallenge(
                FactIds.of(challengeId, "CloseChallenge", epoch),
                run.ownerId(),
                run.accountId(),
                now,
                run.id(),
                epoch,
                challengeId,
                outcome);
    }
}
