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
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

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

    // As SQL: HQL with a list would be translated anew at each batch, which takes longer than all
    // that Postgres does for it.
    private static Uni<List<ChallengeRow>> challenges(
            Mutiny.Session session, List<Received> fresh) {
        return session.createNativeQuery(
                        "select * from challenge where challenge_id = any(:ids)",
                        ChallengeRow.class)
                .setParameter("ids", distinct(fresh, r -> command(r).challengeId()))
                .getResultList();
    }

    private static Uni<List<SubmissionRow>> submissions(
            Mutiny.Session session, List<Received> fresh) {
        UUID[] ids = distinct(fresh, r -> Asked.requestId(command(r)));
        if (ids.length == 0) {
            return Uni.createFrom().item(List.of());
        }
        // The whole key is compared in memory: a request's id alone finds hardly more than one.
        return session.createNativeQuery(
                        "select * from submission where account_id = any(:accounts) and request_id"
                                + " = any(:ids)",
                        SubmissionRow.class)
                .setParameter("accounts", distinct(fresh, r -> command(r).accountId()))
                .setParameter("ids", ids)
                .getResultList();
    }

    private static UUID[] distinct(List<Received> fresh, Function<Received, @Nullable UUID> part) {
        return fresh.stream().map(part).filter(Objects::nonNull).distinct().toArray(UUID[]::new);
    }

    private static ChallengeCommand command(Received received) {
        return (ChallengeCommand) received.message();
    }
}
