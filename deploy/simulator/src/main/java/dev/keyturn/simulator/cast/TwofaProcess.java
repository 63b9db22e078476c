package dev.keyturn.simulator.cast;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.OutboxRow;
import dev.keyturn.service.outbox.OutboxSender;
import dev.keyturn.service.reading.Accounts;
import dev.keyturn.service.reading.Decoding;
import dev.keyturn.service.reading.Persistence;
import dev.keyturn.service.reading.Progress;
import dev.keyturn.service.reading.Received;
import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.db.MemoryDatabase;
import dev.keyturn.simulator.db.TwofaTables;
import dev.keyturn.simulator.world.SimulatedProcess;
import dev.keyturn.twofa.challenge.Challenge;
import dev.keyturn.twofa.challenge.Decision;
import dev.keyturn.twofa.challenge.Expiry;
import dev.keyturn.twofa.challenge.Given;
import dev.keyturn.twofa.challenge.Series;
import dev.keyturn.twofa.db.Outgoing;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/** twofa-service: its decisions and its reading, on tables in memory. */
public final class TwofaProcess {

    private static final Duration SWEEP = Duration.ofMillis(500);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Instant NEVER = Instant.EPOCH;

    private final SimulatedProcess process;
    private final TwofaTables tables;
    private final Database database;
    private final Clock clock;
    private final Decoding decoding;
    private final Persistence persistence;
    private final OutboxSender outbox;
    private final Consumer commands;

    TwofaProcess(SimulatedProcess process, TwofaTables tables, Group group) {
        this.process = process;
        this.tables = tables;
        this.clock = process.clock();
        this.database = new MemoryDatabase(process, () -> {});
        Assembly assembly =
                new Assembly()
                        .with(
                                process,
                                process.principal(),
                                clock,
                                database,
                                Fleet.metrics(),
                                tables.outbox,
                                tables.positions);
        this.decoding = assembly.get(Decoding.class);
        this.persistence = assembly.get(Persistence.class);
        this.outbox = assembly.get(OutboxSender.class);
        this.commands =
                new Consumer(
                        process, Topics.CHALLENGES, group, database, tables.positions, this::read);
    }

    public SimulatedProcess process() {
        return process;
    }

    Consumer commands() {
        return commands;
    }

    void start() {
        process.start("commands", commands::loop);
        process.start("deadlines", () -> each(SWEEP, this::expire));
        process.start("outbox", () -> each(SECOND, outbox::sweep));
    }

    private void each(Duration pause, Runnable work) {
        while (true) {
            try {
                work.run();
            } catch (RuntimeException _) {
                process.lapse(5, 10); // it is tried again
            }
            process.until(() -> false, pause);
        }
    }

    private void read(ConsumerRecords<String, byte[]> batch) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        batch.forEach(records::add);
        List<Received> received =
                persistence.insist(
                        Topics.CHALLENGES.name(),
                        () -> decoding.decode(Topics.CHALLENGES, records));
        Map<Integer, Long> ends = new TreeMap<>();
        records.forEach(r -> ends.merge(r.partition(), r.offset() + 1, Math::max));
        persistence.insist(
                Topics.CHALLENGES.name(),
                () -> {
                    database.run(tx -> apply(tx, received, ends));
                    return true;
                });
        outbox.wake(Accounts.of(received));
    }

    private void apply(Tx tx, List<Received> batch, Map<Integer, Long> ends) {
        Progress before =
                new Progress(tables.positions.load(tx, Topics.CHALLENGES.name(), ends.keySet()));
        decide(tx, before.fresh(batch));
        before.moves(ends)
                .forEach(
                        m ->
                                tables.positions.move(
                                        tx,
                                        Topics.CHALLENGES.name(),
                                        m.partition(),
                                        m.from(),
                                        m.to()));
    }

    private void decide(Tx tx, List<Received> fresh) {
        Series series = new Series(challenges(fresh), given(fresh));
        for (Received received : fresh) {
            Instant now = clock.instant();
            ChallengeCommand command = asRead((ChallengeCommand) received.message(), now);
            Decision decision = series.decide(command, received.replyTo(), now);
            @Nullable Challenge next = decision.challenge();
            if (next != null) {
                keep(tx, next, received.partition());
            }
            Series.@Nullable Request request = Series.Request.of(command);
            @Nullable Given verdict = decision.given();
            if (request != null && verdict != null) {
                boolean _ = tables.given.insert(tx, request, verdict);
            }
            tables.outbox.add(
                    tx,
                    Outgoing.records(decision, received.traceparent()).stream()
                            .map(r -> OutboxRow.of(command.accountId(), r, now))
                            .toList());
        }
    }

    private ChallengeCommand asRead(ChallengeCommand command, Instant now) {
        return process.world().has(Mutant.JUDGED_WHEN_READ) && command instanceof SubmitCode submit
                ? new SubmitCode(
                        submit.commandId(),
                        submit.ownerId(),
                        submit.accountId(),
                        now,
                        submit.challengeId(),
                        submit.submissionId(),
                        submit.round(),
                        submit.sealed())
                : command;
    }

    private void keep(Tx tx, Challenge next, int partition) {
        UUID id = next.subject().challengeId();
        TwofaTables.@Nullable Stored before = tables.challenges.get(id);
        if (before == null || !process.world().has(Mutant.DECIDED_TWICE)) {
            tables.challenges.put(
                    tx,
                    id,
                    new TwofaTables.Stored(
                            next, partition, before == null ? NEVER : before.expirySent()));
        }
    }

    private Map<UUID, Challenge> challenges(List<Received> fresh) {
        Map<UUID, Challenge> known = new HashMap<>();
        for (Received received : fresh) {
            UUID id = ((ChallengeCommand) received.message()).challengeId();
            tables.challenges.find(id).ifPresent(s -> known.put(id, s.challenge()));
        }
        return known;
    }

    private Map<Series.Request, Given> given(List<Received> fresh) {
        Map<Series.Request, Given> known = new HashMap<>();
        for (Received received : fresh) {
            Series.@Nullable Request request =
                    Series.Request.of((ChallengeCommand) received.message());
            if (request != null && !process.world().has(Mutant.VERDICT_FORGOTTEN)) {
                tables.given.find(request).ifPresent(g -> known.put(request, g));
            }
        }
        return known;
    }

    /** As {@code Expiries}: the mark and the message in one transaction. */
    private void expire() {
        Set<Integer> mine = commands.mine();
        Set<UUID> accounts = new HashSet<>();
        database.run(
                tx -> {
                    Instant until = clock.instant().minus(GRACE);
                    for (TwofaTables.Stored stored : tables.challenges.all()) {
                        if (mine.contains(stored.partition())
                                && stored.challenge() instanceof Challenge.Open open
                                && !open.deadline().isAfter(until)
                                && !open.deadline().equals(stored.expirySent())) {
                            expire(tx, stored, open);
                            accounts.add(open.subject().accountId());
                        }
                    }
                });
        outbox.wake(accounts);
    }

    private void expire(Tx tx, TwofaTables.Stored stored, Challenge.Open open) {
        Instant now = clock.instant();
        tables.challenges.put(
                tx,
                open.subject().challengeId(),
                new TwofaTables.Stored(open, stored.partition(), open.deadline()));
        tables.outbox.add(
                tx,
                List.of(
                        OutboxRow.of(
                                open.subject().accountId(),
                                Codec.encode(
                                        Topics.CHALLENGES,
                                        Expiry.of(open.subject(), open.deadline(), now),
                                        Principal.TWOFA,
                                        null),
                                now)));
    }
}
