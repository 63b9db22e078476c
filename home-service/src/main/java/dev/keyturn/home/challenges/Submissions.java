package dev.keyturn.home.challenges;

import dev.keyturn.commands.CancelChallenge;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.ChooseMethod;
import dev.keyturn.commands.ExtendChallenge;
import dev.keyturn.commands.ResendCode;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.home.config.HomeConfig;
import dev.keyturn.home.limits.Limits;
import dev.keyturn.home.login.User;
import dev.keyturn.home.trace.Trace;
import dev.keyturn.home.view.ChallengeView;
import dev.keyturn.home.view.Views;
import dev.keyturn.home.web.Problem;
import dev.keyturn.replies.Reply;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.seal.Envelope;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.reply.PendingReplies;
import dev.keyturn.service.reply.Waiter;
import dev.keyturn.service.send.Sender;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import io.smallrye.mutiny.TimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a person says to a challenge goes straight to Kafka and is acknowledged before the answer;
 * only twofa-service says what became of it.
 */
@ApplicationScoped
public class Submissions {

    private final Limits limits;
    private final Database database;
    private final Sender sender;
    private final PendingReplies replies;
    private final HomeConfig config;
    private final Trace trace;
    private final Clock clock;
    private final Map<Asking, CompletableFuture<Verdict>> underWay = new ConcurrentHashMap<>();

    /** One question; a double click asks it once. */
    private record Asking(UUID user, UUID challenge, String correlationId) {}

    Submissions(
            Limits limits,
            Database database,
            Sender sender,
            PendingReplies replies,
            HomeConfig config,
            Trace trace,
            Clock clock) {
        this.limits = limits;
        this.database = database;
        this.sender = sender;
        this.replies = replies;
        this.config = config;
        this.trace = trace;
        this.clock = clock;
    }

    /**
     * Submits a sealed code.
     *
     * @return the verdict, or {@code PENDING} if there is none yet
     * @throws dev.keyturn.service.send.NotSent if the broker has not taken it
     */
    public Verdict submit(User user, UUID challengeId, UUID submissionId, int round, String sealed)
            throws InterruptedException {
        ChallengeView challenge = find(user, challengeId);
        Optional<String> wrong = Envelope.checkCode(sealed, challengeId, round);
        if (wrong.isPresent()) {
            throw Problem.badRequest("sealed", wrong.get())
                    .with("verdict", Verdict.MALFORMED.text());
        }
        return ask(
                new SubmitCode(
                        UUID.randomUUID(),
                        user.id(),
                        challenge.accountId(),
                        clock.instant(),
                        challengeId,
                        submissionId,
                        round,
                        sealed),
                submissionId,
                Problem.badRequest("sealed", "must be a code sealed to this challenge"));
    }

    /** Gives the challenge up. */
    public Verdict cancel(User user, UUID challengeId) throws InterruptedException {
        ChallengeView challenge = find(user, challengeId);
        CancelChallenge command =
                new CancelChallenge(
                        UUID.randomUUID(),
                        user.id(),
                        challenge.accountId(),
                        clock.instant(),
                        challengeId);
        return ask(command, command.commandId(), Problem.badRequest("challenge", "must be open"));
    }

    /**
     * Has the site send again.
     *
     * @param round that the person saw; the latest that is known here if absent
     */
    public Verdict resend(User user, UUID challengeId, @Nullable Integer round)
            throws InterruptedException {
        ChallengeView challenge = find(user, challengeId);
        ResendCode command =
                new ResendCode(
                        UUID.randomUUID(),
                        user.id(),
                        challenge.accountId(),
                        clock.instant(),
                        challengeId,
                        round == null ? challenge.round() : round);
        return ask(
                command,
                command.commandId(),
                Problem.badRequest(
                        "resendFrom",
                        challenge.resendFrom() == null
                                ? "absent"
                                : challenge.resendFrom().toString(),
                        "must be there and have passed, since the site sends again from then on"));
    }

    /** Has the site take another kind of second factor. */
    public Verdict method(User user, UUID challengeId, @Nullable Integer round, FactorType method)
            throws InterruptedException {
        ChallengeView challenge = find(user, challengeId);
        ChooseMethod command =
                new ChooseMethod(
                        UUID.randomUUID(),
                        user.id(),
                        challenge.accountId(),
                        clock.instant(),
                        challengeId,
                        round == null ? challenge.round() : round,
                        method);
        return ask(
                command,
                command.commandId(),
                Problem.badRequest(
                        "method", method.text(), "must be one of " + challenge.methods()));
    }

    /** Moves the deadline that is known here by so much, as far as the site allows. */
    public Verdict extend(User user, UUID challengeId, Duration more) throws InterruptedException {
        ChallengeView challenge = find(user, challengeId);
        ExtendChallenge command =
                new ExtendChallenge(
                        UUID.randomUUID(),
                        user.id(),
                        challenge.accountId(),
                        clock.instant(),
                        challengeId,
                        challenge.deadline().plus(more));
        return ask(
                command,
                command.commandId(),
                Problem.badRequest(
                        "seconds",
                        String.valueOf(more.toSeconds()),
                        "must be 0: the site gives no more time than until "
                                + challenge.deadline()));
    }

    /** The user's challenge, ended or not. */
    private ChallengeView find(User user, UUID challengeId) {
        limits.answers(user.id(), challengeId);
        return database.autocommit(db -> Views.challenge(db, user.id(), challengeId))
                .orElseThrow(() -> unknown(challengeId));
    }

    private Verdict ask(ChallengeCommand command, UUID requestId, Problem ifMalformed)
            throws InterruptedException {
        Asking asking = new Asking(command.ownerId(), command.challengeId(), requestId.toString());
        CompletableFuture<Verdict> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<Verdict> other = underWay.putIfAbsent(asking, mine);
        if (other != null) {
            return checked(command.challengeId(), join(other), ifMalformed);
        }
        try {
            Verdict verdict = askOnce(command, asking.correlationId());
            mine.complete(verdict);
            return checked(command.challengeId(), verdict, ifMalformed);
        } catch (RuntimeException | InterruptedException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(asking);
        }
    }

    /** Waits before it sends: a fast reply must find somebody. */
    private Verdict askOnce(ChallengeCommand command, String correlationId)
            throws InterruptedException {
        try (Waiter waiter = register(correlationId)) {
            send(
                    Codec.encodeRequest(
                            Topics.CHALLENGES,
                            command,
                            Principal.HOME,
                            trace.parent(),
                            replies.address(correlationId)));
            return await(waiter, command.challengeId());
        }
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try {
            sender.send(record);
        } catch (TimeoutException _) {
            throw Problem.brokerAway();
        }
    }

    private Verdict await(Waiter waiter, UUID challengeId) throws InterruptedException {
        long end = System.nanoTime() + config.verdict().toNanos();
        long left = config.verdict().toNanos();
        while (left > 0) {
            @Nullable Reply reply = waiter.next(Duration.ofNanos(left));
            if (reply instanceof VerdictGiven given && given.challengeId().equals(challengeId)) {
                return given.verdict();
            }
            left = end - System.nanoTime();
        }
        return Verdict.PENDING;
    }

    private Waiter register(String correlationId) {
        try {
            return replies.register(correlationId);
        } catch (IllegalStateException _) {
            throw Problem.conflict(
                    "submissionId", "must be new, " + correlationId + " is being sent elsewhere");
        }
    }

    private static Verdict join(CompletableFuture<Verdict> other) {
        try {
            return other.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Verdict checked(UUID challengeId, Verdict verdict, Problem ifMalformed) {
        return switch (verdict.kind()) {
            case UNKNOWN_CHALLENGE, NOT_YOURS -> throw unknown(challengeId);
            case MALFORMED -> throw ifMalformed.with("verdict", Verdict.MALFORMED.text());
            case DELIVERED, ALREADY_ANSWERED, SUPERSEDED, TOO_LATE, CANCELLED, PENDING, OTHER ->
                    verdict;
        };
    }

    private static Problem unknown(UUID challengeId) {
        return Problem.notFound("challenge", challengeId)
                .with("verdict", Verdict.UNKNOWN_CHALLENGE.text());
    }
}
