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
import dev.keyturn.events.WorkerFact;
import dev.keyturn.home.status.Folded.Effect;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.Reason;
import dev.keyturn.values.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run, folded from the log. What is told of it is {@link #shownAt}, which needs the time too:
 *
 * <pre>
 * QUEUED ──> CONNECTING ──8 s──> PRESUMED
 *    │           │  ▲ └──────────────┴──> CONNECTED ──> FETCHING ──> DONE
 *    │           ▼  │ (refused)              ▲
 *    │        WAITING ──> CHECKING ──────────┘
 *    └── an hour past not-after, and every other state at the run's end ──> FAILED
 * </pre>
 *
 * @param connector absent only if the log begins after the run did
 * @param notAfter when it may no longer be started; absent if its {@code RunQueued} was not seen
 * @param startedAt its first {@code LoginStarted}
 * @param lastStart its last {@code LoginStarted} or {@code RunAdopted}
 * @param stage how far it has come, challenges aside
 * @param changedAt when a fact last changed its state
 * @param disarmed whether success is no longer presumed
 * @param epoch the highest that was seen
 * @param challenges in the order in which they were first heard of
 * @param end absent while no fact has ended it
 */
public record RunStatus(
        UUID runId,
        UUID ownerId,
        UUID accountId,
        @Nullable String connector,
        Trigger trigger,
        Instant queuedAt,
        @Nullable Instant notAfter,
        @Nullable Instant startedAt,
        @Nullable Instant lastStart,
        RunStage stage,
        Instant changedAt,
        boolean disarmed,
        long epoch,
        int documents,
        List<ChallengeStatus> challenges,
        @Nullable RunEnd end) {

    /** How long a manual login goes without a word before it is presumed to have succeeded. */
    public static final Duration PRESUMED_AFTER = Duration.ofSeconds(8);

    /** How long after its not-after a run that nobody mentions counts as never started. */
    public static final Duration GIVEN_UP_AFTER = Duration.ofHours(1);

    public RunStatus {
        challenges = List.copyOf(challenges);
    }

    /** A run of which this is the first fact; apply it with {@link #on} too. */
    public static RunStatus before(UUID runId, RunFact fact) {
        return new RunStatus(
                runId,
                fact.ownerId(),
                fact.accountId(),
                null,
                new Trigger("UNKNOWN"),
                fact.at(),
                null,
                null,
                null,
                RunStage.QUEUED,
                fact.at(),
                false,
                0,
                0,
                List.of(),
                null);
    }

    /** The run after one more fact of it. */
    public Folded on(RunFact fact) {
        if (fact instanceof WorkerFact w && w.epoch() < epoch) {
            return new Folded(this, Effect.OLDER_EPOCH);
        }
        if (end != null) {
            return new Folded(this, Effect.AFTER_THE_END);
        }
        RunStatus seen = fact instanceof WorkerFact w ? edit().epoch(w.epoch()).done() : this;
        RunStatus next = seen.apply(fact);
        boolean changed = next.stated() != stated();
        return new Folded(changed ? next.edit().changedAt(fact.at()).done() : next, Effect.APPLIED);
    }

    /** What is told of the run at {@code now}. */
    public ShownRun shownAt(Instant now) {
        RunState stated = stated();
        Optional<Instant> alone = changesAlone(stated);
        if (alone.isPresent() && !now.isBefore(alone.get())) {
            return stated == RunState.QUEUED
                    ? notStarted(alone.get())
                    : new ShownRun(RunState.PRESUMED, alone.get(), null, null);
        }
        return new ShownRun(stated, changedAt, end, alone.orElse(null));
    }

    /** The challenge that was asked last; empty if none was. */
    public Optional<ChallengeStatus> lastAsked() {
        return challenges.stream().filter(c -> c.asked() != null).reduce((_, last) -> last);
    }

    private static ShownRun notStarted(Instant at) {
        RunEnd never = new RunEnd(at, Reason.NOT_STARTED, null, null, null);
        return new ShownRun(RunState.FAILED, at, never, null);
    }

    private Optional<Instant> changesAlone(RunState stated) {
        return switch (stated) {
            case QUEUED -> Optional.ofNullable(notAfter).map(at -> at.plus(GIVEN_UP_AFTER));
            case CONNECTING ->
                    disarmed || trigger.kind() != Trigger.Kind.MANUAL
                            ? Optional.empty()
                            : Optional.ofNullable(lastStart).map(at -> at.plus(PRESUMED_AFTER));
            case PRESUMED, WAITING, CHECKING, CONNECTED, FETCHING, DONE, FAILED -> Optional.empty();
        };
    }

    /** The state as the facts alone say it. */
    private RunState stated() {
        if (end != null) {
            return end.reason() == null ? RunState.DONE : RunState.FAILED;
        }
        Optional<ChallengeState> asked = lastAsked().map(ChallengeStatus::state);
        if (asked.equals(Optional.of(ChallengeState.OPEN))) {
            return RunState.WAITING;
        }
        if (asked.equals(Optional.of(ChallengeState.CHECKING))) {
            return RunState.CHECKING;
        }
        return switch (stage) {
            case QUEUED -> RunState.QUEUED;
            case CONNECTING -> RunState.CONNECTING;
            case SIGNED_IN -> RunState.CONNECTED;
            case FETCHING -> RunState.FETCHING;
        };
    }

    private RunStatus apply(RunFact fact) {
        return switch (fact) {
            case RunQueued f -> onQueued(f);
            case LoginStarted f -> onStarted(f);
            case RunAdopted f -> started().lastStart(f.at()).done();
            case AutoSuccessDisabled _ -> edit().disarmed(true).done();
            case TwoFaRequested f -> onRequested(f);
            case TwoFaResent f -> known(f.challengeId(), c -> c.onResent(f));
            case TwoFaRejected f -> known(f.challengeId(), c -> c.onRejected(f));
            case LoginSucceeded f -> accepted(f.at()).reached(RunStage.SIGNED_IN);
            case LoginFailed _ -> edit().disarmed(true).done();
            case DocumentSaved f ->
                    accepted(f.at())
                            .reached(RunStage.FETCHING)
                            .edit()
                            .documents(documents + 1)
                            .done();
            case RunFinished f ->
                    accepted(f.at()).ended(new RunEnd(f.at(), null, null, null, null));
            case RunFailed f ->
                    ended(new RunEnd(f.at(), f.reason(), f.words(), f.correlationId(), f.until()));
            case TwoFaAnswered f -> challenge(f.challengeId(), f.at(), c -> c.onAnswered(f.at()));
            case TwoFaExtended f ->
                    challenge(f.challengeId(), f.at(), c -> c.onExtended(f.deadline()));
            case TwoFaExpired f -> closed(f.challengeId(), ChallengeEnd.EXPIRED, f.at());
            case TwoFaCancelled f -> closed(f.challengeId(), ChallengeEnd.CANCELLED, f.at());
            case TwoFaClosed f -> closed(f.challengeId(), end(f.outcome()), f.at());
            case TwoFaCodeTurnedAway _ -> this;
        };
    }

    private RunStatus onQueued(RunQueued fact) {
        return edit().connector(fact.connector())
                .trigger(fact.trigger())
                .queuedAt(fact.at())
                .notAfter(fact.notAfter())
                .done();
    }

    private RunStatus onStarted(LoginStarted fact) {
        return started()
                .connector(fact.connector())
                .trigger(fact.trigger())
                .startedAt(startedAt == null ? fact.at() : startedAt)
                .lastStart(fact.at())
                .done();
    }

    private Edit started() {
        return edit().stage(later(RunStage.CONNECTING));
    }

    private RunStatus onRequested(TwoFaRequested fact) {
        UUID before = fact.retryOf();
        RunStatus base =
                before == null ? accepted(fact.at()) : known(before, c -> c.onRetried(fact.at()));
        @Nullable Rejection why =
                before == null
                        ? null
                        : base.find(before).map(ChallengeStatus::rejected).orElse(null);
        return base.edit()
                .disarmed(true)
                .stage(base.later(RunStage.CONNECTING))
                .done()
                .challenge(fact.challengeId(), fact.at(), c -> c.onRequested(fact, why));
    }

    private RunStatus accepted(Instant at) {
        return each(c -> c.onAccepted(at));
    }

    private RunStatus closed(UUID challengeId, ChallengeEnd how, Instant at) {
        return challenge(challengeId, at, c -> c.onEnded(how, at));
    }

    private RunStatus reached(RunStage reached) {
        return edit().stage(later(reached)).disarmed(true).done();
    }

    private RunStage later(RunStage other) {
        return stage.compareTo(other) >= 0 ? stage : other;
    }

    private RunStatus ended(RunEnd how) {
        return each(c -> c.onRunEnded(how.at())).edit().end(how).done();
    }

    private static ChallengeEnd end(ChallengeOutcome outcome) {
        return switch (outcome.kind()) {
            case APPROVED -> ChallengeEnd.ACCEPTED;
            case RUN_ENDED -> ChallengeEnd.RUN_ENDED;
            case DENIED, SITE_EXPIRED, OTHER -> ChallengeEnd.CLOSED;
        };
    }

    private Optional<ChallengeStatus> find(UUID challengeId) {
        return challenges.stream().filter(c -> c.challengeId().equals(challengeId)).findFirst();
    }

    private RunStatus each(UnaryOperator<ChallengeStatus> change) {
        return edit().challenges(challenges.stream().map(change).toList()).done();
    }

    private RunStatus known(UUID challengeId, UnaryOperator<ChallengeStatus> change) {
        return each(c -> c.challengeId().equals(challengeId) ? change.apply(c) : c);
    }

    private RunStatus challenge(
            UUID challengeId, Instant at, UnaryOperator<ChallengeStatus> change) {
        return find(challengeId).isPresent()
                ? known(challengeId, change)
                : edit().challenges(
                                Stream.concat(
                                                challenges.stream(),
                                                Stream.of(
                                                        change.apply(
                                                                ChallengeStatus.first(
                                                                        challengeId, at))))
                                        .toList())
                        .done();
    }

    private Edit edit() {
        return new Edit(this);
    }

    /** A copy with some components changed. */
    private static final class Edit {
        private final RunStatus from;
        private @Nullable String connector;
        private Trigger trigger;
        private Instant queuedAt;
        private @Nullable Instant notAfter;
        private @Nullable Instant startedAt;
        private @Nullable Instant lastStart;
        private RunStage stage;
        private Instant changedAt;
        private boolean disarmed;
        private long epoch;
        private int documents;
        private List<ChallengeStatus> challenges;
        private @Nullable RunEnd end;

        Edit(RunStatus from) {
            this.from = from;
            connector = from.connector;
            trigger = from.trigger;
            queuedAt = from.queuedAt;
            notAfter = from.notAfter;
            startedAt = from.startedAt;
            lastStart = from.lastStart;
            stage = from.stage;
            changedAt = from.changedAt;
            disarmed = from.disarmed;
            epoch = from.epoch;
            documents = from.documents;
            challenges = from.challenges;
            end = from.end;
        }

        Edit connector(String value) {
            connector = Objects.requireNonNull(value);
            return this;
        }

        Edit trigger(Trigger value) {
            trigger = value;
            return this;
        }

        Edit queuedAt(Instant value) {
            queuedAt = value;
            return this;
        }

        Edit notAfter(Instant value) {
            notAfter = value;
            return this;
        }

        Edit startedAt(Instant value) {
            startedAt = value;
            return this;
        }

        Edit lastStart(Instant value) {
            lastStart = value;
            return this;
        }

        Edit stage(RunStage value) {
            stage = value;
            return this;
        }

        Edit changedAt(Instant value) {
            changedAt = value;
            return this;
        }

        Edit disarmed(boolean value) {
            disarmed = value;
            return this;
        }

        Edit epoch(long value) {
            epoch = value;
            return this;
        }

        Edit documents(int value) {
            documents = value;
            return this;
        }

        Edit challenges(List<ChallengeStatus> value) {
            challenges = value;
            return this;
        }

        Edit end(RunEnd value) {
            end = value;
            return this;
        }

        RunStatus done() {
            return new RunStatus(
                    from.runId,
                    from.ownerId,
                    from.accountId,
                    connector,
                    trigger,
                    queuedAt,
                    notAfter,
                    startedAt,
                    lastStart,
                    stage,
                    changedAt,
                    disarmed,
                    epoch,
                    documents,
                    challenges,
                    end);
        }
    }
}
