package dev.keyturn.home.status;

import dev.keyturn.events.AutoSuccessDisabled;
import dev.keyturn.events.DocumentSaved;
import dev.keyturn.events.LoginFailed;
import dev.keyturn.events.LoginStarted;
import dev.keyturn.events.LoginSucceeded;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.RunQueued;
import dev.keyturn.events.TwoFaAnswered;
import dev.keyturn.events.TwoFaCancelled;
import dev.keyturn.events.TwoFaClosed;
import dev.keyturn.events.TwoFaCodeTurnedAway;
import dev.keyturn.events.TwoFaExpired;
import dev.keyturn.events.TwoFaExtended;
import dev.keyturn.events.TwoFaRejected;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.events.TwoFaResent;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Prompt;
import dev.keyturn.values.Reason;
import dev.keyturn.values.RejectedBy;
import dev.keyturn.values.RejectedWhy;
import dev.keyturn.values.Trigger;
import dev.keyturn.values.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts of one run of one account, {@code second} seconds after {@link #START}. */
public final class Facts {

    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    public final UUID owner;
    public final UUID account;
    public final UUID run;
    private final Trigger trigger;
    private final long epoch;

    public Facts(UUID owner, UUID account, UUID run, Trigger trigger, long epoch) {
        this.owner = owner;
        this.account = account;
        this.run = run;
        this.trigger = trigger;
        this.epoch = epoch;
    }

    public static Facts manual() {
        return new Facts(
                UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), Trigger.MANUAL, 1);
    }

    public Facts epoch(long other) {
        return new Facts(owner, account, run, trigger, other);
    }

    public Facts trigger(Trigger other) {
        return new Facts(owner, account, run, other, epoch);
    }

    /** The run after these facts. */
    public static RunStatus fold(List<? extends RunFact> facts) {
        RunFact first = facts.getFirst();
        RunStatus status = RunStatus.before(Objects.requireNonNull(first.runId()), first);
        for (RunFact fact : facts) {
            status = status.on(fact).status();
        }
        return status;
    }

    public static Instant at(long second) {
        return START.plusSeconds(second);
    }

    public RunQueued queued(long second) {
        return new RunQueued(
                id(), owner, account, run, at(second), "sandbox", trigger, at(second + 3600));
    }

    public LoginStarted started(long second) {
        return new LoginStarted(id(), owner, account, run, epoch, at(second), "sandbox", trigger);
    }

    public RunAdopted adopted(long second) {
        return new RunAdopted(id(), owner, account, run, epoch, at(second));
    }

    public AutoSuccessDisabled disarmed(long second) {
        return new AutoSuccessDisabled(id(), owner, account, run, epoch, at(second));
    }

    public LoginSucceeded succeeded(long second) {
        return new LoginSucceeded(id(), owner, account, run, epoch, at(second));
    }

    public LoginFailed loginFailed(long second) {
        return new LoginFailed(
                id(), owner, account, run, epoch, at(second), Reason.LOGIN_FAILED, "no");
    }

    public DocumentSaved document(long second) {
        return document(second, UUID.randomUUID());
    }

    public DocumentSaved document(long second, UUID documentId) {
        return new DocumentSaved(
                id(),
                owner,
                account,
                run,
                epoch,
                at(second),
                documentId,
                "statement.pdf",
                "application/pdf",
                4,
                "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589",
                account + "/" + documentId);
    }

    public RunFinished finished(long second) {
        return new RunFinished(id(), owner, account, run, epoch, at(second));
    }

    public RunFailed failed(long second) {
        return failed(second, Reason.TWOFA_EXPIRED);
    }

    public RunFailed failed(long second, Reason reason) {
        return new RunFailed(
                id(), owner, account, run, epoch, at(second), reason, "words", "c-1", null);
    }

    public TwoFaRequested requested(long second, UUID challenge) {
        return requested(second, challenge, null, 1, null);
    }

    public TwoFaRequested retry(long second, UUID challenge, UUID before) {
        return requested(second, challenge, before, 2, null);
    }

    public TwoFaRequested requested(
            long second,
            UUID challenge,
            @Nullable UUID before,
            int attempt,
            @Nullable String sealTo) {
        return new TwoFaRequested(
                id(),
                owner,
                account,
                run,
                epoch,
                at(second),
                challenge,
                attempt,
                before,
                1,
                prompt("••42"),
                at(second + 180),
                at(second + 600),
                sealTo);
    }

    public TwoFaResent resent(long second, UUID challenge, int round) {
        return new TwoFaResent(
                id(), owner, account, run, epoch, at(second), challenge, round, prompt("••43"));
    }

    public TwoFaRejected rejected(long second, UUID challenge) {
        return new TwoFaRejected(
                id(),
                owner,
                account,
                run,
                epoch,
                at(second),
                challenge,
                1,
                RejectedBy.SITE,
                RejectedWhy.WRONG,
                "Wrong code");
    }

    public TwoFaAnswered answered(long second, UUID challenge) {
        return new TwoFaAnswered(id(), owner, account, run, at(second), challenge, id(), 1);
    }

    public TwoFaExtended extended(long second, UUID challenge, long until) {
        return new TwoFaExtended(id(), owner, account, run, at(second), challenge, at(until));
    }

    public TwoFaExpired expired(long second, UUID challenge) {
        return new TwoFaExpired(id(), owner, account, run, at(second), challenge);
    }

    public TwoFaCancelled cancelled(long second, UUID challenge) {
        return new TwoFaCancelled(id(), owner, account, run, at(second), challenge);
    }

    public TwoFaClosed closed(long second, UUID challenge, ChallengeOutcome outcome) {
        return new TwoFaClosed(id(), owner, account, run, at(second), challenge, outcome);
    }

    public TwoFaCodeTurnedAway turnedAway(long second, UUID challenge) {
        return new TwoFaCodeTurnedAway(
                id(), owner, account, run, at(second), challenge, id(), Verdict.TOO_LATE);
    }

    private static Prompt prompt(String destination) {
        return new Prompt(
                FactorType.SMS, destination, null, null, List.of(), null, List.of(), null, 3);
    }

    private static UUID id() {
        return UUID.randomUUID();
    }
}
