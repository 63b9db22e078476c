package dev.keyturn.simulator.db;

import dev.keyturn.commands.RequestRun;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.Standing;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of table {@code run}: changed on a copy of its own. */
public final class RunRow {

    final RequestRun asked;
    final @Nullable String traceparent;
    final Instant queuedAt;
    String state = "QUEUED";
    long epoch;
    @Nullable UUID holder;
    @Nullable Instant startedAt;
    @Nullable Instant endsAt;
    @Nullable String reason;
    boolean wasWaiting;
    boolean cancelAsked;
    boolean autoSuccessDisabled;
    boolean loginSucceeded;
    boolean unsafeRequest;
    int losses;
    int workerRefusals;

    RunRow(RequestRun asked, @Nullable String traceparent, Instant queuedAt) {
        this.asked = asked;
        this.traceparent = traceparent;
        this.queuedAt = queuedAt;
    }

    RunRow copy() {
        RunRow copy = new RunRow(asked, traceparent, queuedAt);
        copy.state = state;
        copy.epoch = epoch;
        copy.holder = holder;
        copy.startedAt = startedAt;
        copy.endsAt = endsAt;
        copy.reason = reason;
        copy.wasWaiting = wasWaiting;
        copy.cancelAsked = cancelAsked;
        copy.autoSuccessDisabled = autoSuccessDisabled;
        copy.loginSucceeded = loginSucceeded;
        copy.unsafeRequest = unsafeRequest;
        copy.losses = losses;
        copy.workerRefusals = workerRefusals;
        return copy;
    }

    public UUID id() {
        return asked.runId();
    }

    public UUID accountId() {
        return asked.accountId();
    }

    public String state() {
        return state;
    }

    public long epoch() {
        return epoch;
    }

    public @Nullable UUID holder() {
        return holder;
    }

    public boolean unsafeRequest() {
        return unsafeRequest;
    }

    public int losses() {
        return losses;
    }

    public @Nullable String reason() {
        return reason;
    }

    boolean isClaimed() {
        return state.equals("WORKING") || state.equals("WAITING");
    }

    boolean isTaken() {
        return isClaimed() || state.equals("ADOPTABLE");
    }

    Run toRun() {
        return new Run(
                asked.runId(),
                asked.accountId(),
                asked.ownerId(),
                asked.connector(),
                asked.trigger(),
                asked.fresh(),
                asked.notAfter(),
                asked.longest(),
                traceparent,
                standing());
    }

    private Standing standing() {
        return switch (state) {
            case "QUEUED" -> new Standing.Queued(epoch);
            case "ENDED" -> new Standing.Ended(epoch);
            case "ADOPTABLE" ->
                    new Standing.Adoptable(epoch, Objects.requireNonNull(endsAt), wasWaiting);
            default ->
                    new Standing.Claimed(
                            Objects.requireNonNull(holder),
                            epoch,
                            Objects.requireNonNull(endsAt),
                            state.equals("WAITING"),
                            cancelAsked,
                            losses,
                            unsafeRequest);
        };
    }

    @Override
    public String toString() {
        return id() + " " + state + " " + epoch + " " + reason;
    }
}
