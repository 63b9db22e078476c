package dev.keyturn.worker.claim;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.worker.connectors.Connectors;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.RunFacts;
import dev.keyturn.worker.store.AccountTable;
import dev.keyturn.worker.store.JournalTable;
import dev.keyturn.worker.store.Messages;
import dev.keyturn.worker.store.RunTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Takes runs from the queue. */
@ApplicationScoped
public class Claims {

    /** Looks at so many runs whose account somebody else is busy with, before it comes again. */
    private static final int TRIES = 5;

    private static final int TOGETHER = 10;

    private final Database database;
    private final Outbox outbox;
    private final RunTable runs;
    private final AccountTable accounts;
    private final JournalTable journals;
    private final Messages messages;
    private final Connectors connectors;
    private final Clock clock;

    Claims(
            Database database,
            Outbox outbox,
            RunTable runs,
            AccountTable accounts,
            JournalTable journals,
            Messages messages,
            Connectors connectors,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.runs = runs;
        this.accounts = accounts;
        this.journals = journals;
        this.messages = messages;
        this.connectors = connectors;
        this.clock = clock;
    }

    private interface Queue {
        Optional<RunTable.Candidate> next(
                Tx tx, Set<String> connectors, Set<UUID> tried, Instant now);
    }

    /** Whether there may be any. */
    public RunTable.Offer offer() {
        return database.autocommit(runs::offer);
    }

    /** The next run that is to work, now held by this instance; empty if none can be had. */
    public Optional<Claim> next(UUID instanceId) {
        return database.tx(
                tx -> next(tx, runs::next, instanceId, clock.instant(), new HashSet<>()));
    }

    /**
     * The next runs to adopt that wait for a person; none if none can be had. Several in one
     * transaction, since nobody works on them who would have to wait for its end.
     */
    public List<Claim> nextWaiting(UUID instanceId) {
        return database.tx(
                tx -> {
                    Instant now = clock.instant();
                    Set<UUID> tried = new HashSet<>();
                    List<Claim> claims = new ArrayList<>();
                    Optional<Claim> claim;
                    do {
                        claim = next(tx, runs::nextWaiting, instanceId, now, tried);
                        claim.ifPresent(claims::add);
                    } while (claim.isPresent() && claims.size() < TOGETHER);
                    return claims;
                });
    }

    private Optional<Claim> next(
            Tx tx, Queue queue, UUID instanceId, Instant now, Set<UUID> tried) {
        while (tried.size() < TRIES) {
            Optional<RunTable.Candidate> candidate = queue.next(tx, connectors.slugs(), tried, now);
            if (candidate.isEmpty()) {
                return Optional.empty();
            }
            // The account is known only from the locked row, so its lock is tried, not waited for.
            if (outbox.tryLock(tx, candidate.get().accountId())) {
                Optional<Run> run = runs.claim(tx, candidate.get().runId(), instanceId, now);
                if (run.isPresent()) {
                    return Optional.of(claimed(tx, run.get(), now));
                }
            }
            tried.add(candidate.get().runId());
        }
        return Optional.empty();
    }

    private Claim claimed(Tx tx, Run run, Instant now) {
        messages.fact(
                tx, new RunFacts(run, run.standing().epoch(), now).claimed(), run.traceparent());
        return new Claim(run, accounts.kept(tx, run.accountId()), journals.load(tx, run.id()));
    }
}
