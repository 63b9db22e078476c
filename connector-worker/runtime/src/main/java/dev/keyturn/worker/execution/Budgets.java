package dev.keyturn.worker.execution;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Reason;
import dev.keyturn.service.db.Tx;
import dev.keyturn.values.FactorType;
import dev.keyturn.worker.budget.Limits;
import dev.keyturn.worker.budget.Spent;
import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.store.SpentTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * How much may still be asked of an account. What counts is written in the transaction that tells
 * of it, under the account's lock, so that it is kept over restarts and counted once.
 */
@ApplicationScoped
public class Budgets {

    private final SpentTable spent;
    private final Writes writes;
    private final Clock clock;

    Budgets(SpentTable spent, Writes writes, Clock clock) {
        this.spent = spent;
        this.writes = writes;
        this.clock = clock;
    }

    /** Somebody is asked. Asking again what was refused is no prompt more. */
    void asked(Tx tx, Run run, Checkpoint challenge) {
        if (challenge.retryOf() == null && counts(challenge)) {
            spent.prompt(tx, run, challenge.challengeId(), clock.instant());
        }
    }

    /** The site refused the code of a challenge, or may have. */
    void wrong(Tx tx, Run run, Checkpoint challenge) {
        if (counts(challenge)) {
            spent.wrongCode(tx, run, challenge.challengeId(), clock.instant());
        }
    }

    // Which account or which method: no site counts that.
    private static boolean counts(Checkpoint challenge) {
        return challenge.prompt().type().kind() != FactorType.Kind.CHOICE;
    }

    /** Until when this must not be asked; empty if it may. */
    Optional<Instant> spentUntil(Tx tx, RunContext run, Checkpoint challenge) {
        return challenge.retryOf() == null
                ? limits(run).spentUntil(spent(tx, run), clock.instant())
                : limits(run).retrySpentUntil(spent(tx, run), clock.instant());
    }

    /** Until when nobody is asked in a new login; empty if somebody may be. */
    Optional<Instant> spentUntil(RunContext run) {
        return writes.write(
                run.execution(), tx -> limits(run).spentUntil(spent(tx, run), clock.instant()));
    }

    private Spent spent(Tx tx, RunContext run) {
        return spent.since(tx, run.run(), clock.instant().minus(Limits.WINDOW));
    }

    private static Limits limits(RunContext run) {
        return Limits.of(run.connector(), run.settings());
    }

    /** Whether a person would be asked now. A run that was taken over has asked already. */
    boolean mayAsk(RunContext run) {
        return run.run().isManual() && (run.journal().hasWaitAhead() || spentUntil(run).isEmpty());
    }

    /** Why nobody is asked. */
    ConnectorFailure cannotAsk(RunContext run) {
        return run.run().isManual()
                ? attemptsSpent(spentUntil(run).orElseGet(clock::instant))
                : ConnectorFailure.of(Reason.USER_ACTION_NEEDED_TWOFA_EXPIRED);
    }

    static ConnectorFailure attemptsSpent(Instant until) {
        return ConnectorFailure.of(Reason.USER_ACTION_NEEDED_ATTEMPTS_SPENT).until(until);
    }
}
