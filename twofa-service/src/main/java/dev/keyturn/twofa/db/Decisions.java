package dev.keyturn.twofa.db;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.service.outbox.OutboxSender;
import dev.keyturn.service.reading.Accounts;
import dev.keyturn.service.reading.Progress;
import dev.keyturn.service.reading.Received;
import dev.keyturn.twofa.challenge.Asked;
import dev.keyturn.wire.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Decides what was read: the new states, verdicts, messages and the position in one transaction.
 * The account's lock, the row's version and the position each see to it that of any number of
 * instances exactly one decides.
 */
@ApplicationScoped
public class Decisions {

    private static final String TOPIC = Topics.CHALLENGES.name();

    private final Transactions transactions;
    private final OutboxSender outbox;
    private final Clock clock;

    Decisions(Transactions transactions, OutboxSender outbox, Clock clock) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Decides a batch, and has its messages sent.
     *
     * @param batch in the order of each partition; what stands below the stored position is skipped
     * @param ends the position after the batch, by partition
     * @return what was decided
     * @throws RuntimeException if nothing was done; doing it again is harmless
     */
    public List<Decided> apply(List<Received> batch, SortedMap<Integer, Long> ends) {
        List<Decided> decided = transactions.call(session -> apply(session, batch, ends));
        outbox.wake(Accounts.of(batch));
        return decided;
    }

    private Uni<List<Decided>> apply(
            Mutiny.Session session, List<Received> batch, SortedMap<Integer, Long> ends) {
        return Locks.take(session, Accounts.of(batch))
                .chain(() -> ReaderPositions.load(session, TOPIC, ends.keySet()))
                .map(Progress::new)
                .chain(
                        before ->
                                decide(session, before.fresh(batch))
                                        .call(
                                                () ->
                                                        ReaderPositions.move(
                                                                session,
                                                                TOPIC,
                                                                before.moves(ends))));
    }

    private Uni<List<Decided>> decide(Mutiny.Session session, List<Received> fresh) {
        if (fresh.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return challenges(session, fresh)
                .chain(
                        rows ->
                                submissions(session, fresh)
                                        .map(submissions -> new Batch(rows, submissions)))
                .invoke(b -> b.decide(fresh, clock))
                .call(b -> session.persistAll(b.toWrite()))
                .call(b -> OutboxRows.insert(session, b.toSend()))
                .map(Batch::decided);
    }

    private static Uni<List<ChallengeRow>> challenges(
            Mutiny.Session session, List<Received> fresh) {
        Set<UUID> ids =
                fresh.stream().map(r -> command(r).challengeId()).collect(Collectors.toSet());
        return session.createSelectionQuery(
                        "from ChallengeRow c where c.challengeId in :ids", ChallengeRow.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    private static Uni<List<SubmissionRow>> submissions(
            Mutiny.Session session, List<Received> fresh) {
        Set<UUID> ids =
                fresh.stream()
                        .map(r -> Asked.requestId(command(r)))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        // The whole key is compared in memory: a request's id alone finds hardly more than one.
        Set<UUID> accounts =
                fresh.stream().map(r -> command(r).accountId()).collect(Collectors.toSet());
        return session.createSelectionQuery(
                        "from SubmissionRow s where s.key.accountId in :accounts and"
                                + " s.key.requestId in :ids",
                        SubmissionRow.class)
                .setParameter("accounts", accounts)
                .setParameter("ids", ids)
                .getResultList();
    }

    private static ChallengeCommand command(Received received) {
        return (ChallengeCommand) received.message();
    }
}
