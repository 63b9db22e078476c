package dev.keyturn.twofa.challenge;

import dev.keyturn.commands.ExpireChallenge;
import java.time.Instant;

/** The command by which a deadline that has passed queues behind the codes that came before it. */
public final class Expiry {

    private Expiry() {}

    /** The same command, with the same id, for the same deadline. */
    public static ExpireChallenge of(Subject subject, Instant deadline, Instant now) {
        return new ExpireChallenge(
                Ids.of("ExpireChallenge", subject.challengeId(), deadline),
                subject.ownerId(),
                subject.accountId(),
                now,
                subject.challengeId(),
                deadline);
    }
}
