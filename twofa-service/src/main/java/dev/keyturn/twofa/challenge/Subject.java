package dev.keyturn.twofa.challenge;

import dev.keyturn.commands.ChallengeCommand;
import java.util.UUID;

/** Which challenge it is, and whose: fixed when it is opened. */
public record Subject(UUID challengeId, UUID ownerId, UUID accountId, UUID runId) {

    /** Whether the command names the same owner and account. */
    boolean isOf(ChallengeCommand command) {
        return ownerId.equals(command.ownerId()) && accountId.equals(command.accountId());
    }

    /** The same for a worker's command, which names its run too. */
    boolean isOf(ChallengeCommand command, UUID run) {
        return isOf(command) && runId.equals(run);
    }
}
