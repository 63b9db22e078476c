package dev.keyturn.twofa.challenge;

import dev.keyturn.commands.CancelChallenge;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.ChooseMethod;
import dev.keyturn.commands.CloseChallenge;
import dev.keyturn.commands.ExpireChallenge;
import dev.keyturn.commands.ExtendChallenge;
import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.commands.ResendCode;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Prompt;
import dev.keyturn.wire.ReplyAddress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One challenge, and what is asked of it, at fixed instants. */
final class Sample {

    static final Instant OPENED = Instant.parse("2026-03-01T10:00:00Z");
    static final Instant NOW = OPENED.plusSeconds(60);
    static final Instant DEADLINE = OPENED.plusSeconds(180);
    static final Instant LIMIT = OPENED.plusSeconds(300);
    static final UUID CHALLENGE = id(1);
    static final UUID OWNER = id(2);
    static final UUID ACCOUNT = id(3);
    static final UUID RUN = id(4);
    static final UUID SUBMISSION = id(5);
    static final UUID COMMAND = id(6);
    static final UUID EARLIER = id(7);
    static final int WORKER_PARTITION = 7;
    static final ReplyAddress HOME = new ReplyAddress(3, COMMAND.toString());
    static final ReplyAddress WORKER = new ReplyAddress(WORKER_PARTITION, CHALLENGE.toString());
    static final FactorType EMAIL = FactorType.EMAIL;
    static final String SEALED = seal(CHALLENGE, 1);
    static final Subject SUBJECT = new Subject(CHALLENGE, OWNER, ACCOUNT, RUN);
    static final Caller CALLER = new Caller(2, WORKER_PARTITION);
    static final Challenge.Open OPEN =
            new Challenge.Open(
                    SUBJECT,
                    CALLER,
                    1,
                    new Offer(FactorType.SMS, List.of(EMAIL), OPENED.plusSeconds(30)),
                    DEADLINE,
                    LIMIT,
                    null);
    static final Challenge.Answered ANSWERED =
            new Challenge.Answered(SUBJECT, CALLER, OPENED.plusSeconds(20), EARLIER, 1, SEALED);
    static final Challenge.Expired EXPIRED =
            new Challenge.Expired(SUBJECT, CALLER, OPENED.plusSeconds(20));
    static final Challenge.Cancelled CANCELLED =
            new Challenge.Cancelled(SUBJECT, CALLER, OPENED.plusSeconds(20));
    static final Challenge.Closed CLOSED =
            new Challenge.Closed(
                    SUBJECT, CALLER, OPENED.plusSeconds(20), ChallengeOutcome.RUN_ENDED);

    private Sample() {}

    static UUID id(int n) {
        return new UUID(0, n);
    }

    static String seal(UUID challenge, int round) {
        return ChallengeKey.seal(ChallengeKey.generate().publicJwk(), "123456", challenge, round);
    }

    static Prompt prompt(FactorType type, @Nullable Instant resendFrom) {
        return new Prompt(
                type, "••42", null, null, List.of(), null, List.of(EMAIL), resendFrom, null);
    }

    static OpenChallenge open(long epoch, int round) {
        return open(epoch, round, DEADLINE, RUN);
    }

    static OpenChallenge open(long epoch, int round, Instant deadline, UUID run) {
        return new OpenChallenge(
                COMMAND,
                OWNER,
                ACCOUNT,
                OPENED,
                run,
                epoch,
                CHALLENGE,
                1,
                null,
                round,
                prompt(FactorType.SMS, OPENED.plusSeconds(30)),
                deadline,
                LIMIT,
                "signed");
    }

    static CloseChallenge close(long epoch) {
        return new CloseChallenge(
                COMMAND, OWNER, ACCOUNT, NOW, RUN, epoch, CHALLENGE, ChallengeOutcome.SITE_EXPIRED);
    }

    static ExpireChallenge expire(Instant deadline) {
        return new ExpireChallenge(COMMAND, OWNER, ACCOUNT, NOW, CHALLENGE, deadline);
    }

    static SubmitCode submit() {
        return submit(NOW, 1, SEALED);
    }

    static SubmitCode submit(Instant at, int round, String sealed) {
        return new SubmitCode(COMMAND, OWNER, ACCOUNT, at, CHALLENGE, SUBMISSION, round, sealed);
    }

    static SubmitCode submitOf(UUID owner, UUID account) {
        return new SubmitCode(COMMAND, owner, account, NOW, CHALLENGE, SUBMISSION, 1, SEALED);
    }

    static CancelChallenge cancel(Instant at) {
        return new CancelChallenge(COMMAND, OWNER, ACCOUNT, at, CHALLENGE);
    }

    static ResendCode resend(int round) {
        return new ResendCode(COMMAND, OWNER, ACCOUNT, NOW, CHALLENGE, round);
    }

    static ChooseMethod choose(int round, FactorType method) {
        return new ChooseMethod(COMMAND, OWNER, ACCOUNT, NOW, CHALLENGE, round, method);
    }

    static ExtendChallenge extend(Instant deadline) {
        return new ExtendChallenge(COMMAND, OWNER, ACCOUNT, NOW, CHALLENGE, deadline);
    }

    /** Asked for the first time, by who waits for the answer. */
    static Asked asked(ChallengeCommand command) {
        return new Asked(command, Asked.requestId(command) == null ? WORKER : HOME, null);
    }

    static Decision decide(@Nullable Challenge challenge, ChallengeCommand command) {
        return Decider.decide(challenge, asked(command), NOW);
    }
}
