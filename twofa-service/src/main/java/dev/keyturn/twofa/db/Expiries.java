package dev.keyturn.twofa.db;

import dev.keyturn.service.outbox.OutboxRow;
import dev.keyturn.service.outbox.OutboxSender;
import dev.keyturn.twofa.challenge.Expiry;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Finds deadlines that have passed and sends {@code ExpireChallenge}: the mark on the row and the
 * message are one transaction, so each deadline is sent once by however many instances look.
 */
@ApplicationScoped
public class Expiries {

    /** How many at once; there may be more. */
    public static final int LIMIT = 200;

    private final Transactions transactions;
    private final OutboxSender outbox;
    private final Clock clock;

    Expiries(Transactions transactions, OutboxSender outbox, Clock clock) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Sends what is due.
     *
     * @param partitions whose challenges are looked at
     * @param until the latest deadline that counts as passed
     * @return how many were found; {@link #LIMIT} if there may be more
     */
    public int send(Set<Integer> partitions, Instant until) {
        if (partitions.isEmpty()) {
            return 0;
        }
        List<ChallengeRow> due =
                transactions.call(
                        session ->
                                due(session, partitions, until)
                                        .call(rows -> Locks.take(session, accounts(rows)))
                                        .call(rows -> sendAll(session, rows)));
        outbox.wake(accounts(due));
        return due.size();
    }

    private static Uni<List<ChallengeRow>> due(
            Mutiny.Session session, Set<Integer> partitions, Instant until) {
        return session.createSelectionQuery(
                        "from ChallengeRow c where c.state = OPEN and c.topicPartition in"
                                + " :partitions and c.deadline <= :until and (c.expirySent is null"
                                + " or c.expirySent <> c.deadline) order by c.deadline",
                        ChallengeRow.class)
                .setParameter("partitions", partitions)
                .setParameter("until", until)
                .setMaxResults(LIMIT)
                .setReadOnly(true)
                .getResultList();
    }

    private static Set<UUID> accounts(List<ChallengeRow> rows) {
        return rows.stream().map(r -> r.accountId).collect(Collectors.toSet());
    }

    private Uni<Void> sendAll(Mutiny.Session session, List<ChallengeRow> rows) {
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUniAndConcatenate(row -> send(session, row))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** Found before the lock was there: only who can mark it sends it. */
    private Uni<Void> send(Mutiny.Session session, ChallengeRow row) {
        return session.createMutationQuery(
                        "update ChallengeRow c set c.expirySent = :deadline where c.challengeId ="
                                + " :id and c.state = OPEN and c.deadline = :deadline and"
                                + " (c.expirySent is null or c.expirySent <> :deadline)")
                .setParameter("deadline", row.deadline)
                .setParameter("id", row.challengeId)
                .executeUpdate()
                .chain(
                        marked ->
                                marked == 0
                                        ? Uni.createFrom().voidItem()
                                        : OutboxRows.insert(session, List.of(message(row))));
    }

    private OutboxRow message(ChallengeRow row) {
        Instant now = clock.instant();
        return OutboxRow.of(
                row.accountId,
                Codec.encode(
                        Topics.CHALLENGES,
                        Expiry.of(row.subject(), row.deadline, now),
                        Principal.TWOFA,
                        null),
                now);
    }
}
