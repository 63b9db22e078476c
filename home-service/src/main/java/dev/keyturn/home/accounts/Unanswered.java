package dev.keyturn.home.accounts;

import dev.keyturn.commands.EraseAccount;
import dev.keyturn.commands.ForgetSession;
import dev.keyturn.commands.RunCommand;
import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.home.config.HomeConfig;
import dev.keyturn.home.projection.Changes;
import dev.keyturn.home.view.Rows;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Sends again what the log has not answered: a topic keeps a command for a day, and a worker may be
 * away for longer. The same command, by whose id the workers know it.
 */
@ApplicationScoped
public class Unanswered {

    private static final Logger LOG = Logger.getLogger(Unanswered.class);

    private static final String SAVES =
            """
            select c.account_id, c.version, c.command_id, c.sealed, c.at, a.user_id, a.connector
            from credentials c join account a on a.id = c.account_id
            where c.sealed is not null and c.sent_at <= $1\
            """;

    private static final String OTHERS =
            """
            select p.command_id, p.account_id, p.kind, p.at, a.user_id, a.erase_documents
            from pending_command p join account a on a.id = p.account_id where p.sent_at <= $1\
            """;

    private final Database database;
    private final Outbox outbox;
    private final Commands commands;
    private final HomeConfig config;
    private final Clock clock;

    Unanswered(
            Database database, Outbox outbox, Commands commands, HomeConfig config, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.commands = commands;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            sendAgain(clock.instant());
            hideErased(clock.instant());
        } catch (RuntimeException e) {
            LOG.warnf("Unanswered commands could not be sent again, they will be: cause=%s", e);
        }
    }

    /** Sends again what was last sent so long before {@code now}; says how many. */
    public int sendAgain(Instant now) {
        Instant before = now.minus(config.resend());
        Set<UUID> accounts =
                database.tx(
                        tx ->
                                Stream.concat(
                                                tx.list(SAVES, before).stream(),
                                                tx.list(OTHERS, before).stream())
                                        .map(row -> row.getUUID("account_id"))
                                        .collect(Collectors.toSet()));
        return accounts.stream().mapToInt(id -> sendAgain(id, before, now)).sum();
    }

    private int sendAgain(UUID account, Instant before, Instant now) {
        return database.tx(
                tx -> {
                    outbox.lock(tx, account);
                    List<RunCommand> due =
                            Stream.concat(
                                            tx
                                                    .list(
                                                            SAVES + " and c.account_id = $2",
                                                            before,
                                                            account)
                                                    .stream()
                                                    .map(Unanswered::save),
                                            tx
                                                    .list(
                                                            OTHERS + " and p.account_id = $2",
                                                            before,
                                                            account)
                                                    .stream()
                                                    .map(Unanswered::other))
                                    .toList();
                    due.forEach(command -> commands.sendAgain(tx, command));
                    sent(tx, account, before, now);
                    return due.size();
                });
    }

    private static void sent(Tx tx, UUID account, Instant before, Instant now) {
        tx.update(
                "update credentials set sent_at = $3 where account_id = $1 and sealed is not null"
                        + " and sent_at <= $2",
                account,
                before,
                now);
        tx.update(
                "update pending_command set sent_at = $3 where account_id = $1 and sent_at <= $2",
                account,
                before,
                now);
    }

    private static RunCommand save(Row row) {
        return new SaveCredentials(
                row.getUUID("command_id"),
                row.getUUID("user_id"),
                row.getUUID("account_id"),
                Rows.instant(row, "at"),
                row.getString("connector"),
                row.getLong("version"),
                row.getString("sealed"));
    }

    private static RunCommand other(Row row) {
        UUID id = row.getUUID("command_id");
        UUID user = row.getUUID("user_id");
        UUID account = row.getUUID("account_id");
        Instant at = Rows.instant(row, "at");
        return switch (PendingKind.valueOf(row.getString("kind"))) {
            case FORGET_SESSION -> new ForgetSession(id, user, account, at);
            case ERASE_ACCOUNT ->
                    new EraseAccount(id, user, account, at, row.getBoolean("erase_documents"));
        };
    }

    /** An erased account is shown until the last sealed copy is gone, then only its id is kept. */
    public void hideErased(Instant now) {
        database.run(
                tx -> {
                    List<UUID> over =
                            tx
                                    .list(
                                            "select id from account where erased_at is not null and"
                                                    + " not gone and erased_until <= $1",
                                            now)
                                    .stream()
                                    .map(row -> row.getUUID("id"))
                                    .toList();
                    outbox.lockAll(tx, over);
                    tx.update(
                            "update account set gone = true, label = '' where id = any($1)",
                            (Object) over.toArray(UUID[]::new));
                    Changes.tell(tx, over);
                });
    }
}
