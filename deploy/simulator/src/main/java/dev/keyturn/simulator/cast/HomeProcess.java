package dev.keyturn.simulator.cast;

import dev.keyturn.commands.CancelRun;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.RequestRun;
import dev.keyturn.commands.RunCommand;
import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.RunQueued;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.home.status.RunFolds;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.replies.Reply;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.seal.SealException;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.service.outbox.OutboxSender;
import dev.keyturn.service.reading.Reader;
import dev.keyturn.service.reading.Received;
import dev.keyturn.service.reply.PendingReplies;
import dev.keyturn.service.reply.RepliesIn;
import dev.keyturn.service.reply.Waiter;
import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.db.HomeTables;
import dev.keyturn.simulator.db.MemoryDatabase;
import dev.keyturn.simulator.world.SimulatedProcess;
import dev.keyturn.values.Trigger;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** home-service: its fold, its reading and its submissions, on tables in memory. */
public final class HomeProcess {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration VERDICT = Duration.ofSeconds(5);
    private static final Duration NOT_AFTER = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final SimulatedProcess process;
    private final HomeTables tables;
    private final Database database;
    private final Clock clock;
    private final int replyPartition;
    private final Outbox outbox;
    private final OutboxSender sender;
    private final PendingReplies pending;
    private final RepliesIn replies;
    private final Consumer events;

    HomeProcess(SimulatedProcess process, HomeTables tables, Group group, int replyPartition) {
        this.process = process;
        this.tables = tables;
        this.clock = process.clock();
        this.replyPartition = replyPartition;
        this.database = new MemoryDatabase(process, () -> {});
        Assembly assembly =
                new Assembly()
                        .with(
                                process,
                                process.principal(),
                                clock,
                                database,
                                Fleet.metrics(),
                                replyPartition,
                                tables.outbox,
                                tables.positions);
        this.outbox = assembly.get(Outbox.class);
        this.sender = assembly.get(OutboxSender.class);
        this.pending = assembly.get(PendingReplies.class);
        this.replies = assembly.get(RepliesIn.class);
        Reader reader = assembly.get(Reader.class);
        this.events =
                new Consumer(
                        process,
                        Topics.EVENTS,
                        group,
                        database,
                        tables.positions,
                        batch -> reader.apply(Topics.EVENTS, batch, this::project));
    }

    public SimulatedProcess process() {
        return process;
    }

    Consumer events() {
        return events;
    }

    HomeTables tables() {
        return tables;
    }

    void start() {
        long from = process.world().log().end(Topics.REPLIES.name(), replyPartition);
        process.start(
                "replies", () -> Replies.loop(process, replyPartition, from, replies::onReply));
        process.start("events", events::loop);
        process.start("outbox", this::sweep);
    }

    private void sweep() {
        while (true) {
            sender.sweep();
            process.until(() -> false, SECOND);
        }
    }

    private void project(Tx tx, List<Received> batch) {
        Map<UUID, RunStatus> runs = new HashMap<>();
        Map<UUID, UUID> owners = new HashMap<>();
        Set<UUID> applied = new HashSet<>();
        for (Received received : batch) {
            if (received.message() instanceof RunFact fact && fact.runId() != null) {
                tables.run(fact.runId()).ifPresent(r -> runs.put(r.runId(), r));
                tables.owners
                        .find(fact.accountId())
                        .ifPresent(o -> owners.put(fact.accountId(), o));
                if (tables.applied.get(fact.eventId()) != null) {
                    applied.add(fact.eventId());
                }
            }
        }
        boolean forgets = process.world().has(Mutant.FACTS_APPLIED_AGAIN);
        RunFolds folds = new RunFolds(owners, runs, forgets ? Set.of() : applied);
        for (Received received : batch) {
            if (received.message() instanceof RunFact fact && fact.runId() != null) {
                RunFolds.Taken taken = folds.on(fact, HomeProcess::isGenuine);
                if (taken instanceof RunFolds.Taken.Foreign
                        || taken instanceof RunFolds.Taken.Withheld) {
                    process.world()
                            .watch()
                            .violation("secrets are sealed", fact.typeName() + " was not taken");
                }
                tables.applied.put(tx, fact.eventId(), true);
            }
        }
        folds.touched().values().forEach(run -> tables.save(tx, run));
    }

    private static boolean isGenuine(TwoFaRequested fact) {
        try {
            return fact.sealTo() != null
                    && Fleet.verified(fact.sealTo()).challengeId().equals(fact.challengeId());
        } catch (SealException _) {
            return false;
        }
    }

    /** An account is added: its fields travel to the workers, sealed. */
    void add(UUID account, UUID owner, String style) {
        database.run(
                tx -> {
                    if (tables.owners.insert(tx, account, owner)) {
                        String sealed =
                                Fleet.keys()
                                        .publicKeys()
                                        .sealCredentials(
                                                Map.of("style", style),
                                                account,
                                                SimulatedConnector.SLUG);
                        command(
                                tx,
                                new SaveCredentials(
                                        process.next(),
                                        owner,
                                        account,
                                        clock.instant(),
                                        SimulatedConnector.SLUG,
                                        1,
                                        sealed));
                    }
                });
    }

    /** Asks for a run; the one that is open if there is one. */
    UUID request(UUID account, UUID owner, boolean fresh) {
        return database.tx(
                tx -> {
                    @Nullable UUID open = tables.openRuns.get(account);
                    return open != null ? open : queue(tx, account, owner, fresh);
                });
    }

    private UUID queue(Tx tx, UUID account, UUID owner, boolean fresh) {
        UUID run = process.next();
        Instant now = clock.instant();
        Instant notAfter = now.plus(NOT_AFTER);
        RunQueued fact =
                new RunQueued(
                        process.next(),
                        owner,
                        account,
                        run,
                        now,
                        SimulatedConnector.SLUG,
                        Trigger.MANUAL,
                        notAfter);
        tables.save(tx, RunStatus.before(run, fact).on(fact).status());
        outbox.add(tx, account, Codec.encode(Topics.EVENTS, fact, Principal.HOME, null));
        command(
                tx,
                new RequestRun(
                        process.next(),
                        owner,
                        account,
                        now,
                        run,
                        SimulatedConnector.SLUG,
                        Trigger.MANUAL,
                        notAfter,
                        LONGEST,
                        fresh));
        return run;
    }

    void cancel(UUID account, UUID owner, UUID run) {
        database.run(
                tx -> {
                    if (run.equals(tables.openRuns.get(account))) {
                        command(
                                tx,
                                new CancelRun(
                                        process.next(), owner, account, clock.instant(), run));
                    }
                });
    }

    private void command(Tx tx, RunCommand command) {
        outbox.add(
                tx, command.accountId(), Codec.encode(Topics.RUNS, command, Principal.HOME, null));
    }

    /** What a person says to a challenge: straight to the broker, and then its verdict. */
    Verdict say(UUID requestId, Function<Instant, ChallengeCommand> said)
            throws InterruptedException {
        try (Waiter waiter = pending.register(requestId.toString())) {
            process.send(
                    Codec.encodeRequest(
                            Topics.CHALLENGES,
                            said.apply(clock.instant()),
                            Principal.HOME,
                            null,
                            pending.address(requestId.toString())));
            @Nullable Reply reply = waiter.next(VERDICT);
            return reply instanceof VerdictGiven given ? given.verdict() : Verdict.PENDING;
        }
    }
}
