package dev.keyturn.twofa.db;

import dev.keyturn.twofa.challenge.Series;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/** By what a submission, or another command of a person, is known when it comes again. */
@Embeddable
public record SubmissionKey(
        @Column(name = "account_id") UUID accountId,
        @Column(name = "challenge_id") UUID challengeId,
        @Column(name = "request_id") UUID requestId) {

    static SubmissionKey of(Series.Request request) {
        return new SubmissionKey(request.accountId(), request.challengeId(), request.requestId());
    }

    Series.Request toRequest() {
        return new Series.Request(accountId, challengeId, requestId);
    }
}
