package dev.keyturn.home.projection;

import dev.keyturn.events.AccountErased;
import dev.keyturn.events.AccountFact;
import dev.keyturn.events.CredentialsRefused;
import dev.keyturn.events.CredentialsSaved;
import dev.keyturn.events.SessionForgotten;
import dev.keyturn.home.view.Rows;
import dev.keyturn.service.db.Tx;
import dev.keyturn.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What the log answers to what was sent about an account. */
@ApplicationScoped
public class AccountFacts {

    private static final Logger LOG = Logger.getLogger(AccountFacts.class);

    /** Above this a version is not counted on from: nobody could ever be above it. */
    private static final long HIGHEST = 1L << 50;

    private final MeterRegistry metrics;

    AccountFacts(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Applies a fact; says whether anything that is shown has changed. */
    boolean on(Tx tx, AccountFact fact) {
        Optional<AccountRow> account =
                tx.first("select * from account where id = $1", fact.accountId())
                        .map(AccountRow::of)
                        .filter(a -> a.takesFacts() && a.user().equals(fact.ownerId()));
        if (account.isEmpty()) {
            metrics.counter("keyturn.home.facts.foreign", "type", fact.typeName()).increment();
            return false;
        }
        if (!isNew(tx, fact)) {
            return false;
        }
        switch (fact) {
            case CredentialsSaved f -> onSaved(tx, account.get(), f);
            case CredentialsRefused f -> onRefused(tx, account.get(), f);
            case SessionForgotten f -> answered(tx, f.commandId());
            case AccountErased f -> onErased(tx, account.get(), f);
        }
        return true;
    }

    /** A fact once applied is not applied again. */
    private static boolean isNew(Tx tx, AccountFact fact) {
        return tx.update(
                        "insert into account_fact (event_id, account_id) values ($1, $2) on"
                                + " conflict do nothing",
                        fact.eventId(),
                        fact.accountId())
                > 0;
    }

    private void onSaved(Tx tx, AccountRow account, CredentialsSaved fact) {
        boolean isOurs =
                tx.first(
                                "select 1 from credentials where account_id = $1 and version = $2"
                                        + " and sha256 = $3",
                                account.id(),
                                fact.version(),
                                fact.sha256())
                        .isPresent();
        if (!isOurs) {
            pause(tx, account, Pause.FOREIGN_CREDENTIALS, fact.version());
            return;
        }
        forget(tx, account.id(), fact.version());
        if (fact.version() == account.version()) {
            tx.update(
                    """
                    update account set credentials = 'SAVED', refused_why = null,
                        refused_field = null,
                        paused_why = case when $2 > coalesce(paused_version, 0) then null
                            else paused_why end
                    where id = $1\
                    """,
                    account.id(),
                    fact.version());
        }
    }

    /**
     * Credentials of a version that home did not send were refused: nothing of theirs is used, but
     * somebody tried, and the owner sees it.
     */
    private void onRefused(Tx tx, AccountRow account, CredentialsRefused fact) {
        if (!isSent(tx, account.id(), fact.version())) {
            alarm("Credentials that were not sent from here were refused", account, fact.version());
        }
        forget(tx, account.id(), fact.version());
        if (fact.version() >= account.version()) {
            tx.update(
                    """
                    update account set credentials = 'REFUSED', refused_why = $2,
                        refused_field = $3, seen_version = greatest(seen_version, $4)
                    where id = $1\
                    """,
                    account.id(),
                    fact.why().text(),
                    fact.field(),
                    counted(account, fact.version()));
        }
    }

    private void onErased(Tx tx, AccountRow account, AccountErased fact) {
        if (account.erasingAt() == null) {
            pause(tx, account, Pause.FOREIGN_ERASURE, account.seenVersion());
            return;
        }
        tx.update(
                "update account set erased_at = $2, erased_until = $3, run_id = null, paused_why ="
                        + " null where id = $1",
                account.id(),
                fact.at(),
                lastCopyGone(tx, account.id(), fact.at()));
        tx.update("delete from pending_command where account_id = $1", account.id());
        tx.update("delete from credentials where account_id = $1", account.id());
        tx.update("delete from open_run where account_id = $1", account.id());
        tx.update("delete from run where account_id = $1", account.id());
        if (fact.documents()) {
            tx.update("delete from document where account_id = $1", account.id());
        }
    }

    /** When the broker has deleted the last sealed text that was sent. */
    private static Instant lastCopyGone(Tx tx, UUID account, Instant erasedAt) {
        return tx.first(
                        "select max(sent_at) as sent from credentials where account_id = $1",
                        account)
                .flatMap(row -> Optional.ofNullable(Rows.instantOrNull(row, "sent")))
                .map(at -> at.plus(Topics.RUNS.retention()).plus(Topics.RUNS.segment()))
                .filter(at -> at.isAfter(erasedAt))
                .orElse(erasedAt);
    }

    private void pause(Tx tx, AccountRow account, Pause why, long version) {
        alarm("An account is paused, " + why, account, version);
        tx.update(
                """
                update account set paused_why = $2,
                    paused_version = greatest(credentials_version, $3),
                    seen_version = greatest(seen_version, $3)
                where id = $1\
                """,
                account.id(),
                why,
                counted(account, version));
    }

    private void alarm(String what, AccountRow account, long version) {
        metrics.counter("keyturn.home.facts.not.asked.for").increment();
        LOG.errorf("%s: accountId=%s version=%d", what, account.id(), version);
    }

    private static long counted(AccountRow account, long version) {
        return version > HIGHEST ? account.seenVersion() : version;
    }

    private static boolean isSent(Tx tx, UUID account, long version) {
        Optional<Row> row =
                tx.first(
                        "select 1 from credentials where account_id = $1 and version = $2",
                        account,
                        version);
        return row.isPresent();
    }

    /** The sealed text of that version has done its work; its hash stays. */
    private static void forget(Tx tx, UUID account, long version) {
        tx.update(
                "update credentials set sealed = null where account_id = $1 and version = $2",
                account,
                version);
    }

    private static void answered(Tx tx, UUID command) {
        tx.update("delete from pending_command where command_id = $1", command);
    }
}
