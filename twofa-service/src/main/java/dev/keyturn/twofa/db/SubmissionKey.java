package dev.keyturn.twofa.db;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.twofa.challenge.Asked;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** By what a submission, or another command of a person, is known when it comes again. */
@Embeddable
public record SubmissionKey(
        @Column(name = "account_id") UUID accountId,
        @Column(name = "challenge_id") UUID challengeId,
        @Column(name = "request_id") UUID requestId) {

    /** Absent for a command that gets no verdict. */
    static @Nullable SubmissionKey of(ChallengeCommand command) {
        UUID request = Asked.requestId(command);
        return request == null
                ? null
                : new SubmissionKey(command.accountId(), command.challengeId(), request);
    }
}
