package dev.keyturn.worker.store;

import dev.keyturn.service.db.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table {@code account}: sealed credentials, kept session, tombstone. */
@ApplicationScoped
public class AccountTable {

    /** Whether an account can be used. */
    public enum State {
        ACTIVE,
        ERASING,
        ERASED
    }

    /**
     * An account as a command finds it.
     *
     * @param version highest version of credentials that was answered; 0 if there was none
     * @param sha256 of the credentials that are kept, as they were sent
     * @param documentsErased whether its documents are, or were, to be erased with it
     */
    public record Account(
            UUID ownerId,
            State state,
            @Nullable String connector,
            long version,
            @Nullable String sha256,
            boolean documentsErased) {

        /** Whether credentials came, and none of them could be kept. */
        public boolean wasRefused() {
            return version > 0 && sha256 == null;
        }
    }

    /** What a run needs of its account. */
    public record Kept(
            String credentials,
            long version,
            @Nullable String session,
            @Nullable Long sessionVersion,
            long sessionGeneration) {}

    /** An account whose end was asked for. */
    public record Erasing(UUID accountId, UUID ownerId, UUID command, boolean documents) {}

    public Optional<Account> find(Tx tx, UUID accountId) {
        return tx.first("select * from account where account_id = $1", accountId)
                .map(
                        row ->
                                new Account(
                                        row.getUUID("owner_id"),
                                        State.valueOf(row.getString("state")),
                                        Rows.textOrNull(row, "connector"),
                                        row.getLong("version"),
                                        Rows.textOrNull(row, "credentials_sha256"),
                                        Boolean.TRUE.equals(row.getBoolean("erase_documents"))));
    }

    /** Makes the account's row if there is none. */
    public void ensure(Tx tx, UUID accountId, UUID ownerId) {
        tx.update(
                "insert into account (account_id, owner_id) values ($1, $2) on conflict do nothing",
                accountId,
                ownerId);
    }

    /** Keeps newer credentials; the session that was made with the former ones is gone. */
    public void keep(
            Tx tx, UUID accountId, String connector, long version, String sealed, String sha256) {
        tx.update(
                """
                update account set connector = $2, version = $3, credentials = $4, credentials_version = $3,
                    credentials_sha256 = $5, session = null, session_version = null,
                    session_generation = session_generation + 1
                where account_id = $1 and state = 'ACTIVE'
                """,
                accountId,
                connector,
                version,
                sealed,
                sha256);
    }

    /** That a version was refused. */
    public void refuse(Tx tx, UUID accountId, long version) {
        tx.update(
                "update account set version = greatest(version, $2) where account_id = $1",
                accountId,
                version);
    }

    /** What runs of these accounts need. */
    public Map<UUID, Kept> kept(Tx tx, Collection<UUID> accountIds) {
        return tx
                .list(
                        "select * from account where account_id = any($1)",
                        (Object) accountIds.toArray(UUID[]::new))
                .stream()
                .collect(Collectors.toMap(row -> row.getUUID("account_id"), AccountTable::kept));
    }

    private static Kept kept(Row row) {
        return new Kept(
                row.getString("credentials"),
                row.getLong("credentials_version"),
                Rows.textOrNull(row, "session"),
                Rows.numberOrNull(row, "session_version"),
                row.getLong("session_generation"));
    }

    /** Keeps a session, unless it was made with other credentials or is to be forgotten. */
    public void saveSession(Tx tx, UUID accountId, Kept madeWith, String sealed) {
        tx.update(
                """
                update account set session = $4, session_version = $2
                where account_id = $1 and state = 'ACTIVE' and credentials_version = $2
                  and session_generation = $3
                """,
                accountId,
                madeWith.version(),
                madeWith.sessionGeneration(),
                sealed);
    }

    /** Deletes the session; a run that works does not bring it back. */
    public void forgetSession(Tx tx, UUID accountId) {
        tx.update(
                """
                update account set session = null, session_version = null,
                    session_generation = session_generation + 1
                where account_id = $1
                """,
                accountId);
    }

    /** From now on nothing else is done for the account. */
    public void erasing(Tx tx, UUID accountId, UUID commandId, boolean documents) {
        tx.update(
                """
                update account set state = 'ERASING', erase_command = $2,
                    erase_documents = coalesce(erase_documents, false) or $3
                where account_id = $1
                """,
                accountId,
                commandId,
                documents);
    }

    /** Accounts to be erased whose run is over. */
    public List<UUID> erasable(Tx tx, int limit) {
        return tx
                .list(
                        """
                        select account_id from account a where state = 'ERASING'
                          and not exists (select 1 from run r where r.account_id = a.account_id
                                          and r.state <> 'ENDED') limit $1
                        """,
                        limit)
                .stream()
                .map(row -> row.getUUID("account_id"))
                .toList();
    }

    /** The account, if it is still to be erased and its run is over. */
    public Optional<Erasing> erasing(Tx tx, UUID accountId) {
        return tx.first(
                        """
                        select * from account a where account_id = $1 and state = 'ERASING'
                          and not exists (select 1 from run r where r.account_id = a.account_id
                                          and r.state <> 'ENDED') for update
                        """,
                        accountId)
                .map(
                        row ->
                                new Erasing(
                                        accountId,
                                        row.getUUID("owner_id"),
                                        row.getUUID("erase_command"),
                                        row.getBoolean("erase_documents")));
    }

    /** Leaves the tombstone only. */
    public void erased(Tx tx, UUID accountId, Instant now) {
        tx.update("delete from inbox where account_id = $1", accountId);
        tx.update("delete from document where account_id = $1", accountId);
        tx.update("delete from spent where account_id = $1", accountId);
        tx.update(
                """
                update account set state = 'ERASED', erased_at = $2, connector = null, credentials = null,
                    credentials_version = null, credentials_sha256 = null, session = null,
                    session_version = null
                where account_id = $1
                """,
                accountId,
                now);
    }
}
