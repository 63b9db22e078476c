package dev.keyturn.worker.account;

import dev.keyturn.events.AccountErased;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.worker.documents.DocumentStore;
import dev.keyturn.worker.run.FactIds;
import dev.keyturn.worker.store.AccountTable;
import dev.keyturn.worker.store.Messages;
import dev.keyturn.worker.store.RunTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Deletes what is held of an account, once its run is over; leaves a tombstone. */
@ApplicationScoped
public class Erasure {

    private static final Logger LOG = Logger.getLogger(Erasure.class);
    private static final int BATCH = 50;

    private final Database database;
    private final Outbox outbox;
    private final AccountTable accounts;
    private final RunTable runs;
    private final DocumentStore documents;
    private final Messages messages;
    private final Clock clock;

    Erasure(
            Database database,
            Outbox outbox,
            AccountTable accounts,
            RunTable runs,
            DocumentStore documents,
            Messages messages,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.accounts = accounts;
        this.runs = runs;
        this.documents = documents;
        this.messages = messages;
        this.clock = clock;
    }

    /** Erases what can be erased now. */
    public void eraseAll() {
        for (UUID accountId : database.tx(tx -> accounts.erasable(tx, BATCH))) {
            database.run(
                    tx -> {
                        outbox.lock(tx, accountId);
                        accounts.erasing(tx, accountId).ifPresent(e -> erase(tx, e));
                    });
        }
    }

    private void erase(Tx tx, AccountTable.Erasing account) {
        if (account.documents() && !deleteDocuments(account.accountId())) {
            return;
        }
        runs.deleteAll(tx, account.accountId());
        accounts.erased(tx, account.accountId(), clock.instant());
        messages.fact(tx, erased(account, clock), null);
        LOG.infof(
                "An account was erased: accountId=%s documents=%s",
                account.accountId(), account.documents());
    }

    private boolean deleteDocuments(UUID accountId) {
        try {
            documents.deleteAccount(accountId);
            return true;
        } catch (IOException e) {
            LOG.errorf(
                    "The documents of an account could not be deleted, it will be tried again:"
                            + " accountId=%s cause=%s",
                    accountId, e.getMessage());
            return false;
        }
    }

    static AccountErased erased(AccountTable.Erasing account, Clock clock) {
        return new AccountErased(
                FactIds.of(account.command(), "AccountErased", 0),
                account.ownerId(),
                account.accountId(),
                clock.instant(),
                account.documents());
    }
}
