package dev.keyturn.home.accounts;

import dev.keyturn.commands.EraseAccount;
import dev.keyturn.commands.ForgetSession;
import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.home.catalog.Catalog;
import dev.keyturn.home.login.User;
import dev.keyturn.home.projection.AccountRow;
import dev.keyturn.home.projection.Changes;
import dev.keyturn.home.view.AccountView;
import dev.keyturn.home.view.Views;
import dev.keyturn.home.web.Problem;
import dev.keyturn.seal.Envelope;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Accounts are added, given other credentials, and erased. */
@ApplicationScoped
public class Accounts {

    private final Database database;
    private final Outbox outbox;
    private final Commands commands;
    private final Clock clock;

    Accounts(Database database, Outbox outbox, Commands commands, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.commands = commands;
        this.clock = clock;
    }

    /** Adds an account. The same again, by a client that saw no answer, changes nothing. */
    public AccountView add(User user, UUID id, String connector, String label, String sealed) {
        return database.tx(
                tx -> {
                    outbox.lock(tx, id);
                    lockUser(tx, user);
                    checkConnector(tx, connector);
                    checkEnvelope(sealed, id, connector);
                    if (!isThere(tx, user, id, connector, label, sealed)) {
                        checkLabel(tx, user, connector, label);
                        insert(tx, user, id, connector, label);
                        save(tx, user, id, connector, 1, sealed);
                        Changes.tell(tx, Set.of(id));
                    }
                    return Views.account(tx, user.id(), id).orElseThrow();
                });
    }

    /** Gives an account other credentials; the kept session ends with the former ones. */
    public AccountView correct(User user, UUID id, String sealed) {
        return database.tx(
                tx -> {
                    outbox.lock(tx, id);
                    AccountRow account = find(tx, user, id);
                    checkNotErased(account);
                    checkEnvelope(sealed, id, account.connector());
                    long version = Math.max(account.version(), account.seenVersion()) + 1;
                    tx.update(
                            "update account set credentials = 'SENDING', credentials_version = $2,"
                                    + " seen_version = $2, refused_why = null, refused_field = null"
                                    + " where id = $1",
                            id,
                            version);
                    tx.update("update credentials set sealed = null where account_id = $1", id);
                    save(tx, user, id, account.connector(), version, sealed);
                    forgetSession(tx, user, id);
                    Changes.tell(tx, Set.of(id));
                    return Views.account(tx, user.id(), id).orElseThrow();
                });
    }

    /** Has an account erased, its documents too if so; asked again it changes nothing. */
    public void erase(User user, UUID id, boolean documents) {
        database.run(
                tx -> {
                    outbox.lock(tx, id);
                    if (find(tx, user, id).erasingAt() == null) {
                        eraseLocked(tx, user, id, documents);
                    }
                });
    }

    private void eraseLocked(Tx tx, User user, UUID id, boolean documents) {
        Instant now = clock.instant();
        EraseAccount command = new EraseAccount(UUID.randomUUID(), user.id(), id, now, documents);
        tx.update(
                "update account set erasing_at = $2, erase_documents = $3 where id = $1",
                id,
                now,
                documents);
        tx.update("update credentials set sealed = null where account_id = $1", id);
        tx.update("delete from pending_command where account_id = $1", id);
        pending(tx, id, command.commandId(), PendingKind.ERASE_ACCOUNT, now);
        commands.send(tx, command);
        Changes.tell(tx, Set.of(id));
    }

    /** The user's account; one that is another's is as unknown as one that never was. */
    public static AccountRow find(Tx tx, User user, UUID id) {
        return tx.first(
                        "select * from account where id = $1 and user_id = $2 and not gone",
                        id,
                        user.id())
                .map(AccountRow::of)
                .orElseThrow(() -> Problem.notFound("account", id));
    }

    /** Fails for an account that is being erased or was. */
    public static void checkNotErased(AccountRow account) {
        if (account.erasingAt() != null) {
            throw Problem.conflict("account", "must not be erased");
        }
    }

    private void save(Tx tx, User user, UUID id, String connector, long version, String sealed) {
        Instant now = clock.instant();
        SaveCredentials command =
                new SaveCredentials(
                        UUID.randomUUID(), user.id(), id, now, connector, version, sealed);
        tx.update(
                """
                insert into credentials (account_id, version, command_id, sealed, sha256, at, sent_at)
                values ($1, $2, $3, $4, $5, $6, $6)\
                """,
                id,
                version,
                command.commandId(),
                sealed,
                Hashes.sha256(sealed),
                now);
        commands.send(tx, command);
    }

    private void forgetSession(Tx tx, User user, UUID id) {
        Instant now = clock.instant();
        ForgetSession command = new ForgetSession(UUID.randomUUID(), user.id(), id, now);
        pending(tx, id, command.commandId(), PendingKind.FORGET_SESSION, now);
        commands.send(tx, command);
    }

    private static void pending(Tx tx, UUID id, UUID command, PendingKind kind, Instant now) {
        tx.update(
                "insert into pending_command (command_id, account_id, kind, at, sent_at) values"
                        + " ($1, $2, $3, $4, $4)",
                command,
                id,
                kind,
                now);
    }

    /** One user's accounts are added one after the other, so that a label is taken once. */
    private static void lockUser(Tx tx, User user) {
        tx.query("select 1 from users where id = $1 for no key update", user.id());
    }

    private static void checkConnector(Tx tx, String connector) {
        if (Catalog.find(tx, connector).isEmpty()) {
            throw Problem.badRequest(
                    "connector", connector, "must be one that GET /api/connectors lists");
        }
    }

    private static void checkEnvelope(String sealed, UUID id, String connector) {
        Optional<String> wrong = Envelope.checkCredentials(sealed, id, connector);
        if (wrong.isPresent()) {
            throw Problem.badRequest("sealed", wrong.get());
        }
    }

    private static boolean isThere(
            Tx tx, User user, UUID id, String connector, String label, String sealed) {
        Optional<AccountRow> known =
                tx.first("select * from account where id = $1", id).map(AccountRow::of);
        if (known.isEmpty()) {
            return false;
        }
        AccountRow account = known.get();
        boolean isSame =
                account.user().equals(user.id())
                        && account.connector().equals(connector)
                        && account.label().equals(label)
                        && account.erasingAt() == null
                        && tx.first(
                                        "select 1 from credentials where account_id = $1 and"
                                                + " sha256 = $2",
                                        id,
                                        Hashes.sha256(sealed))
                                .isPresent();
        if (!isSame) {
            throw Problem.conflict("id", "must be new, " + id + " was used before");
        }
        return true;
    }

    private static void checkLabel(Tx tx, User user, String connector, String label) {
        boolean isTaken =
                tx.first(
                                "select 1 from account where user_id = $1 and connector = $2 and"
                                        + " label = $3 and erasing_at is null",
                                user.id(),
                                connector,
                                label)
                        .isPresent();
        if (isTaken) {
            throw Problem.conflict(
                    "label",
                    "must be new, you have an account of " + connector + " named " + label);
        }
    }

    private void insert(Tx tx, User user, UUID id, String connector, String label) {
        tx.update(
                """
                insert into account (id, user_id, connector, label, created_at, credentials,
                    credentials_version, seen_version, version)
                values ($1, $2, $3, $4, $5, 'SENDING', 1, 1, nextval('view_version'))\
                """,
                id,
                user.id(),
                connector,
                label,
                clock.instant());
    }
}
