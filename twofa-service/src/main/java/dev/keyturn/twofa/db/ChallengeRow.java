package dev.keyturn.twofa.db;

import dev.keyturn.twofa.challenge.Caller;
import dev.keyturn.twofa.challenge.Challenge;
import dev.keyturn.twofa.challenge.Offer;
import dev.keyturn.twofa.challenge.Subject;
import dev.keyturn.twofa.challenge.Wish;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.FactorType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A challenge as it is stored. The version is the compare-and-set of its one decision. */
@Entity
@Table(name = "challenge")
public class ChallengeRow {

    enum State {
        OPEN,
        ANSWERED,
        EXPIRED,
        CANCELLED,
        CLOSED
    }

    enum WishKind {
        RESEND,
        METHOD
    }

    @Id
    @Column(name = "challenge_id")
    UUID challengeId;

    @Column(name = "owner_id")
    UUID ownerId;

    @Column(name = "account_id")
    UUID accountId;

    @Column(name = "run_id")
    UUID runId;

    @Column(name = "topic_partition")
    int topicPartition;

    long epoch;

    @Column(name = "reply_partition")
    @Nullable Integer replyPartition;

    @Enumerated(EnumType.STRING)
    State state;

    int round;

    @Column(name = "factor_type")
    String factorType;

    String methods;

    @Column(name = "resend_from")
    @Nullable Instant resendFrom;

    Instant deadline;

    @Column(name = "extendable_to")
    @Nullable Instant extendableTo;

    @Enumerated(EnumType.STRING)
    @Nullable WishKind wish;

    @Column(name = "wish_method")
    @Nullable String wishMethod;

    @Column(name = "wish_at")
    @Nullable Instant wishAt;

    @Column(name = "expiry_sent")
    @Nullable Instant expirySent;

    @Column(name = "ended_at")
    @Nullable Instant endedAt;

    @Column(name = "submission_id")
    @Nullable UUID submissionId;

    @Nullable String sealed;

    @Nullable String outcome;

    @Version long version;

    /** For Hibernate, which fills every field. */
    @SuppressWarnings("NullAway.Init")
    protected ChallengeRow() {}

    /** A new row. */
    static ChallengeRow of(Challenge challenge, int topicPartition) {
        Subject subject = challenge.subject();
        ChallengeRow row = new ChallengeRow();
        row.challengeId = subject.challengeId();
        row.ownerId = subject.ownerId();
        row.accountId = subject.accountId();
        row.runId = subject.runId();
        row.topicPartition = topicPartition;
        row.set(challenge);
        return row;
    }

    Subject subject() {
        return new Subject(challengeId, ownerId, accountId, runId);
    }

    Challenge toChallenge() {
        Subject subject = subject();
        Caller caller = new Caller(epoch, replyPartition);
        return switch (state) {
            case OPEN ->
                    new Challenge.Open(
                            subject, caller, round, offer(), deadline, extendableTo, wish());
            case ANSWERED ->
                    new Challenge.Answered(
                            subject,
                            caller,
                            there(endedAt),
                            there(submissionId),
                            round,
                            there(sealed));
            case EXPIRED -> new Challenge.Expired(subject, caller, there(endedAt));
            case CANCELLED -> new Challenge.Cancelled(subject, caller, there(endedAt));
            case CLOSED ->
                    new Challenge.Closed(
                            subject, caller, there(endedAt), new ChallengeOutcome(there(outcome)));
        };
    }

    /** What has ended keeps the deadline and the last round's offer, which nobody reads again. */
    void set(Challenge challenge) {
        epoch = challenge.caller().epoch();
        replyPartition = challenge.caller().partition();
        switch (challenge) {
            case Challenge.Open open -> setOpen(open);
            case Challenge.Answered answered -> setAnswered(answered);
            case Challenge.Expired expired -> setEnded(State.EXPIRED, expired.at());
            case Challenge.Cancelled cancelled -> setEnded(State.CANCELLED, cancelled.at());
            case Challenge.Closed closed -> {
                setEnded(State.CLOSED, closed.at());
                outcome = closed.outcome().text();
            }
        }
    }

    private void setOpen(Challenge.Open open) {
        state = State.OPEN;
        round = open.round();
        factorType = open.offer().type().text();
        methods =
                open.offer().methods().stream()
                        .map(FactorType::text)
                        .collect(Collectors.joining("\n"));
        resendFrom = open.offer().resendFrom();
        deadline = open.deadline();
        extendableTo = open.extendableTo();
        setWish(open.wish());
    }

    private void setWish(@Nullable Wish next) {
        wish =
                switch (next) {
                    case null -> null;
                    case Wish.Resend _ -> WishKind.RESEND;
                    case Wish.Method _ -> WishKind.METHOD;
                };
        wishMethod = next instanceof Wish.Method method ? method.method().text() : null;
        wishAt = next == null ? null : next.at();
    }

    private void setAnswered(Challenge.Answered answered) {
        setEnded(State.ANSWERED, answered.at());
        round = answered.round();
        submissionId = answered.submissionId();
        sealed = answered.sealed();
    }

    private void setEnded(State next, Instant at) {
        state = next;
        endedAt = at;
    }

    private Offer offer() {
        List<FactorType> others = methods.lines().map(FactorType::new).toList();
        return new Offer(new FactorType(factorType), others, resendFrom);
    }

    private @Nullable Wish wish() {
        return switch (wish) {
            case null -> null;
            case RESEND -> new Wish.Resend(there(wishAt));
            case METHOD -> new Wish.Method(new FactorType(there(wishMethod)), there(wishAt));
        };
    }

    private static <T> T there(@Nullable T value) {
        return Objects.requireNonNull(value, "challenge: its row must be complete");
    }
}
