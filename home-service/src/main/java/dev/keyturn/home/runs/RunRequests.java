package dev.keyturn.home.runs;

import dev.keyturn.commands.CancelRun;
import dev.keyturn.commands.RequestRun;
import dev.keyturn.events.RunQueued;
import dev.keyturn.home.accounts.Accounts;
import dev.keyturn.home.accounts.Commands;
import dev.keyturn.home.config.HomeConfig;
import dev.keyturn.home.login.User;
import dev.keyturn.home.projection.AccountRow;
import dev.keyturn.home.projection.Changes;
import dev.keyturn.home.projection.Pause;
import dev.keyturn.home.projection.Runs;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.home.trace.Trace;
import dev.keyturn.home.view.RunView;
import dev.keyturn.home.view.Views;
import dev.keyturn.home.web.Problem;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.values.Trigger;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Runs are asked for and cancelled. An account has one at a time. */
@ApplicationScoped
public class RunRequests {

    /** When it is worth to ask again while there are too many. */
    private static final Duration ONE_MAY_HAVE_ENDED = Duration.ofSeconds(10);

    private final Database database;
    private final Outbox outbox;
    private final Commands commands;
    private final HomeConfig config;
    private final Trace trace;
    private final Clock clock;

    RunRequests(
            Database database,
            Outbox outbox,
            Commands commands,
            HomeConfig config,
            Trace trace,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.commands = commands;
        this.config = config;
        this.trace = trace;
        this.clock = clock;
    }

    /**
     * Asks for a run: takes the account's one place and writes the fact, then the command, all in
     * one transaction.
     */
    public RunView request(User user, UUID accountId, Trigger trigger, boolean fresh) {
        return database.tx(
                tx -> {
                    outbox.lock(tx, accountId);
                    AccountRow account = Accounts.find(tx, user, accountId);
                    checkRunnable(tx, account);
                    checkLimit(tx, user);
                    UUID runId = UUID.randomUUID();
                    queue(tx, account, runId, trigger, fresh);
                    return Views.run(tx, user.id(), runId).orElseThrow();
                });
    }

    /** Asks that a run end; it ends when the log says so. */
    public void cancel(User user, UUID runId) {
        database.run(
                tx -> {
                    UUID account =
                            Views.run(tx, user.id(), runId)
                                    .map(RunView::accountId)
                                    .orElseThrow(() -> Problem.notFound("run", runId));
                    outbox.lock(tx, account);
                    if (!Runs.openRun(tx, account).equals(Optional.of(runId))) {
                        throw Problem.conflict("run", "must be open, " + runId + " has ended");
                    }
                    commands.send(
                            tx,
                            new CancelRun(
                                    UUID.randomUUID(), user.id(), account, clock.instant(), runId));
                });
    }

    private static void checkRunnable(Tx tx, AccountRow account) {
        Accounts.checkNotErased(account);
        Optional<UUID> open = Runs.openRun(tx, account.id());
        if (open.isPresent()) {
            throw Problem.openRun(open.get());
        }
        boolean isPaused =
                account.paused() != null
                        && Pause.valueOf(account.paused()) != Pause.UNSIGNED_CHALLENGE;
        if (isPaused) {
            throw Problem.conflict("account", "must not be paused, is by " + account.paused());
        }
        if (account.credentials().equals("REFUSED")) {
            throw Problem.conflict(
                    "credentials", "must not be refused; give the account other ones");
        }
    }

    /** Counted one request after the other, so that many at once cannot pass together. */
    private void checkLimit(Tx tx, User user) {
        tx.query("select 1 from users where id = $1 for no key update", user.id());
        long open =
                tx.first("select count(*) as n from open_run where user_id = $1", user.id())
                        .orElseThrow()
                        .getLong("n");
        if (open >= config.openRuns()) {
            throw Problem.tooMany(
                    "runs",
                    "must be at most " + config.openRuns() + " open at once",
                    ONE_MAY_HAVE_ENDED);
        }
    }

    private void queue(Tx tx, AccountRow account, UUID runId, Trigger trigger, boolean fresh) {
        Instant now = clock.instant();
        Instant notAfter = now.plus(config.notAfter());
        RunQueued fact =
                new RunQueued(
                        UUID.randomUUID(),
                        account.user(),
                        account.id(),
                        runId,
                        now,
                        account.connector(),
                        trigger,
                        notAfter);
        RunStatus run = RunStatus.before(runId, fact).on(fact).status();
        Runs.save(tx, List.of(new Runs.Written(run, account.connector(), null)), now);
        Runs.makeLatest(tx, List.of(run));
        tx.update(
                "update account set paused_why = null where id = $1 and paused_why = $2",
                account.id(),
                Pause.UNSIGNED_CHALLENGE);
        outbox.add(
                tx,
                account.id(),
                Codec.encode(Topics.EVENTS, fact, Principal.HOME, trace.parent()));
        commands.send(
                tx,
                new RequestRun(
                        UUID.randomUUID(),
                        account.user(),
                        account.id(),
                        now,
                        runId,
                        account.connector(),
                        trigger,
                        notAfter,
                        config.longest(),
                        fresh));
        Changes.tell(tx, Set.of(account.id()));
    }
}
