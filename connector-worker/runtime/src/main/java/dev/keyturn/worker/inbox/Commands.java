package dev.keyturn.worker.inbox;

import dev.keyturn.commands.CancelRun;
import dev.keyturn.commands.EraseAccount;
import dev.keyturn.commands.ForgetSession;
import dev.keyturn.commands.RequestRun;
import dev.keyturn.commands.RunCommand;
import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.events.AccountErased;
import dev.keyturn.events.SessionForgotten;
import dev.keyturn.service.db.Tx;
import dev.keyturn.values.Reason;
import dev.keyturn.worker.account.Credentials;
import dev.keyturn.worker.execution.Endings;
import dev.keyturn.worker.run.Ending;
import dev.keyturn.worker.run.FactIds;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.RunRules;
import dev.keyturn.worker.store.AccountTable;
import dev.keyturn.worker.store.InboxTable;
import dev.keyturn.worker.store.Messages;
import dev.keyturn.worker.store.RunTable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Applies the commands of home, each once. */
@ApplicationScoped
public class Commands {

    private static final Logger LOG = Logger.getLogger(Commands.class);

    private final InboxTable inbox;
    private final AccountTable accounts;
    private final RunTable runs;
    private final Credentials credentials;
    private final Endings endings;
    private final Messages messages;
    private final MeterRegistry metrics;
    private final Clock clock;

    Commands(
            InboxTable inbox,
            AccountTable accounts,
            RunTable runs,
            Credentials credentials,
            Endings endings,
            Messages messages,
            MeterRegistry metrics,
            Clock clock) {
        this.inbox = inbox;
        this.accounts = accounts;
        this.runs = runs;
        this.credentials = credentials;
        this.endings = endings;
        this.messages = messages;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Applies a command; one that was applied before does nothing. */
    void on(Tx tx, RunCommand command, @Nullable String trace) {
        if (!inbox.isNew(tx, command, clock.instant())) {
            return;
        }
        accounts.ensure(tx, command.accountId(), command.ownerId());
        AccountTable.Account account = accounts.find(tx, command.accountId()).orElseThrow();
        if (!account.ownerId().equals(command.ownerId())) {
            refuse(command, "other-owner");
        } else if (account.state() == AccountTable.State.ACTIVE) {
            apply(tx, command, account, trace);
        } else if (command instanceof EraseAccount erase) {
            eraseAgain(tx, erase, account, trace);
        } else {
            refuse(command, "erased-account");
        }
    }

    private void apply(
            Tx tx, RunCommand command, AccountTable.Account account, @Nullable String trace) {
        switch (command) {
            case SaveCredentials save -> credentials.onSave(tx, save, account, trace);
            case RequestRun request -> queue(tx, request, account, trace);
            case CancelRun cancel ->
                    runs.find(tx, cancel.runId())
                            .filter(run -> run.accountId().equals(cancel.accountId()))
                            .ifPresentOrElse(
                                    run -> cancel(tx, run), () -> refuse(cancel, "unknown-run"));
            case ForgetSession forget -> forgetSession(tx, forget, trace);
            case EraseAccount erase -> {
                accounts.erasing(tx, erase.accountId(), erase.commandId(), erase.documents());
                runs.open(tx, erase.accountId()).forEach(run -> cancel(tx, run));
            }
        }
    }

    /** A run of an account whose only credentials were refused could never be claimed. */
    private void queue(
            Tx tx, RequestRun request, AccountTable.Account account, @Nullable String trace) {
        boolean isNew = runs.queue(tx, request, trace, clock.instant());
        if (isNew && account.wasRefused()) {
            Run run = runs.find(tx, request.runId()).orElseThrow();
            boolean _ =
                    endings.end(
                            tx, run, run.standing().epoch(), Ending.failed(Reason.LOGIN_FAILED));
        }
    }

    private void cancel(Tx tx, Run run) {
        switch (RunRules.onCancel(run.standing())) {
            case END_NOW -> {
                boolean _ =
                        endings.end(
                                tx,
                                run,
                                RunRules.epochOfForeignEnd(run.standing()),
                                Ending.failed(Reason.CANCELLED));
            }
            case TELL_HOLDER -> runs.askCancel(tx, run.id());
            case NOTHING -> {}
        }
    }

    private void forgetSession(Tx tx, ForgetSession command, @Nullable String trace) {
        accounts.forgetSession(tx, command.accountId());
        messages.fact(
                tx,
                new SessionForgotten(
                        FactIds.of(command.commandId(), "SessionForgotten", 0),
                        command.ownerId(),
                        command.accountId(),
                        clock.instant(),
                        command.commandId()),
                trace);
    }

    /** What is erased already is answered again; what goes on is answered when it is done. */
    private void eraseAgain(
            Tx tx, EraseAccount command, AccountTable.Account account, @Nullable String trace) {
        boolean isMore = command.documents() && !account.documentsErased();
        if (isMore) {
            accounts.erasing(tx, command.accountId(), command.commandId(), true);
        } else if (account.state() == AccountTable.State.ERASED) {
            messages.fact(
                    tx,
                    new AccountErased(
                            FactIds.of(command.commandId(), "AccountErased", 0),
                            command.ownerId(),
                            command.accountId(),
                            clock.instant(),
                            command.documents()),
                    trace);
        }
    }

    private void refuse(RunCommand command, String why) {
        metrics.counter("keyturn.worker.commands.refused", "type", command.typeName(), "why", why)
                .increment();
        LOG.warnf(
                "A command was refused: type=%s accountId=%s commandId=%s why=%s",
                command.typeName(), command.accountId(), command.commandId(), why);
    }
}
