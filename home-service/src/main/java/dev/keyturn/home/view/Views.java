package dev.keyturn.home.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.catalog.ConnectorOffered;
import dev.keyturn.home.status.AccountState;
import dev.keyturn.home.status.Asked;
import dev.keyturn.home.status.ChallengeEnd;
import dev.keyturn.home.status.ChallengeState;
import dev.keyturn.home.status.Rejection;
import dev.keyturn.home.status.RunState;
import dev.keyturn.home.view.AccountView.Credentials;
import dev.keyturn.home.view.AccountView.Erased;
import dev.keyturn.home.view.AccountView.Paused;
import dev.keyturn.home.view.AccountView.Refused;
import dev.keyturn.service.db.Statements;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what is told. Every question names the user: what is another's is not there. */
public final class Views {

    private static final String RUN_COLUMNS =
            """
            r.id as r_id, r.account_id as r_account, r.connector as r_connector, r.trigger,
            r.state, r.since, r.queued_at, r.started_at, r.ended_at, r.reason, r.words, r.until_at,
            r.correlation_id, r.documents, r.challenge_id, r.version as r_version
            """;

    private static final String ACCOUNTS =
            "select a.*, c.offered, "
                    + RUN_COLUMNS
                    + """
                     from account a
                     left join run r on r.id = a.run_id
                     left join connector c on c.slug = a.connector
                     where not a.gone\
                    """;

    private static final String RUNS =
            "select a.label, "
                    + RUN_COLUMNS
                    + " from run r join account a on a.id = r.account_id where not a.gone";

    /** No prompt is shown of an account whose credentials are not known to be its owner's. */
    private static final String CHALLENGES =
            """
            select h.*, a.connector, a.label, c.offered from challenge h
            join account a on a.id = h.account_id
            left join connector c on c.slug = a.connector
            where not a.gone and a.paused_why is distinct from 'FOREIGN_CREDENTIALS'\
            """;

    private static final String DOCUMENTS = "select * from document d where d.user_id = $1";

    private Views() {}

    /** The user's accounts. */
    public static List<AccountView> accounts(Statements db, UUID user) {
        return db.list(ACCOUNTS + " and a.user_id = $1 order by a.created_at, a.id", user).stream()
                .map(Views::account)
                .toList();
    }

    /** One account of the user. */
    public static Optional<AccountView> account(Statements db, UUID user, UUID id) {
        return db.first(ACCOUNTS + " and a.user_id = $1 and a.id = $2", user, id)
                .map(Views::account);
    }

    /** Accounts of these ids with their owners, for pages of many users. */
    public static List<Owned<AccountView>> accountsOf(Statements db, Collection<UUID> ids) {
        return db.list(ACCOUNTS + " and a.id = any($1)", (Object) ids.toArray(UUID[]::new)).stream()
                .map(row -> new Owned<>(row.getUUID("user_id"), account(row)))
                .toList();
    }

    /** The user's latest runs, newest first; of one account if it is named. */
    public static List<RunView> runs(Statements db, UUID user, @Nullable UUID account, int limit) {
        return db
                .list(
                        RUNS
                                + " and r.user_id = $1 and ($2::uuid is null or r.account_id = $2)"
                                + " order by r.queued_at desc, r.id limit $3",
                        user,
                        account,
                        limit)
                .stream()
                .map(Views::run)
                .toList();
    }

    /** One run of the user. */
    public static Optional<RunView> run(Statements db, UUID user, UUID id) {
        return db.first(RUNS + " and r.user_id = $1 and r.id = $2", user, id).map(Views::run);
    }

    /** What the log says of a run, in its order. */
    public static List<TimelineEntry> timeline(Statements db, UUID run) {
        return db.list("select * from timeline where run_id = $1 order by position", run).stream()
                .map(Views::entry)
                .toList();
    }

    /** The user's challenges in one of these states. */
    public static List<ChallengeView> challenges(
            Statements db, UUID user, Collection<ChallengeState> states) {
        return db
                .list(
                        CHALLENGES + " and h.user_id = $1 and h.state = any($2) order by h.version",
                        user,
                        states.stream().map(Enum::name).toArray(String[]::new))
                .stream()
                .map(Views::challenge)
                .toList();
    }

    /** One challenge of the user. */
    public static Optional<ChallengeView> challenge(Statements db, UUID user, UUID id) {
        return db.first(CHALLENGES + " and h.user_id = $1 and h.id = $2", user, id)
                .map(Views::challenge);
    }

    /** Challenges of the latest runs of these accounts, with their owners. */
    public static List<Owned<ChallengeView>> challengesOf(
            Statements db, Collection<UUID> accounts) {
        return db
                .list(
                        CHALLENGES
                                + " and h.account_id = any($1) and h.run_id = a.run_id order by"
                                + " h.version",
                        (Object) accounts.toArray(UUID[]::new))
                .stream()
                .map(row -> new Owned<>(row.getUUID("user_id"), challenge(row)))
                .toList();
    }

    /** The user's documents, newest first; of one account if it is named. */
    public static List<DocumentView> documents(Statements db, UUID user, @Nullable UUID account) {
        return db
                .list(
                        DOCUMENTS
                                + " and ($2::uuid is null or d.account_id = $2) order by d.saved_at"
                                + " desc, d.id limit 1000",
                        user,
                        account)
                .stream()
                .map(Views::document)
                .toList();
    }

    /** Something, and whose it is. */
    public record Owned<T>(UUID user, T value) {}

    private static AccountView account(Row row) {
        @Nullable RunView run = row.getUUID("r_id") == null ? null : run(row);
        @Nullable String paused = row.getString("paused_why");
        @Nullable String refused = row.getString("refused_why");
        Instant created = Rows.instant(row, "created_at");
        return new AccountView(
                row.getUUID("id"),
                row.getString("connector"),
                connectorName(row),
                row.getString("label"),
                AccountState.of(paused != null, run == null ? null : run.state()),
                run == null ? created : run.since(),
                created,
                row.getLong("credentials_version"),
                Credentials.valueOf(row.getString("credentials")),
                refused == null ? null : new Refused(refused, row.getString("refused_field")),
                paused == null ? null : new Paused(paused),
                erased(row),
                run,
                row.getLong("version"));
    }

    private static @Nullable Erased erased(Row row) {
        if (Rows.instantOrNull(row, "erased_at") != null) {
            return new Erased(Erased.State.ERASED, Rows.instantOrNull(row, "erased_until"));
        }
        return Rows.instantOrNull(row, "erasing_at") == null
                ? null
                : new Erased(Erased.State.ERASING, null);
    }

    private static String connectorName(Row row) {
        @Nullable ConnectorOffered offered =
                Rows.jsonOrNull(row, "offered", ConnectorOffered.class);
        return offered == null ? row.getString("connector") : offered.name();
    }

    private static RunView run(Row row) {
        return new RunView(
                row.getUUID("r_id"),
                row.getUUID("r_account"),
                row.getString("r_connector"),
                row.getString("label"),
                row.getString("trigger"),
                RunState.valueOf(row.getString("state")),
                Rows.instant(row, "since"),
                Rows.instant(row, "queued_at"),
                Rows.instantOrNull(row, "started_at"),
                Rows.instantOrNull(row, "ended_at"),
                row.getString("reason"),
                row.getString("words"),
                Rows.instantOrNull(row, "until_at"),
                row.getString("correlation_id"),
                row.getInteger("documents"),
                row.getUUID("challenge_id"),
                row.getLong("r_version"));
    }

    private static TimelineEntry entry(Row row) {
        return new TimelineEntry(
                row.getLong("position"),
                row.getString("type"),
                Rows.instant(row, "at"),
                row.getUUID("run_id"),
                row.getLong("epoch"),
                row.getBoolean("late"),
                Rows.json(row, "data", JsonNode.class));
    }

    @SuppressWarnings("unchecked")
    private static ChallengeView challenge(Row row) {
        Asked asked = Rows.json(row, "asked", Asked.class);
        @Nullable String outcome = row.getString("outcome");
        return new ChallengeView(
                row.getUUID("id"),
                row.getUUID("account_id"),
                row.getUUID("run_id"),
                row.getString("connector"),
                connectorName(row),
                row.getString("label"),
                asked.attempt(),
                asked.retryOf(),
                asked.round(),
                asked.prompt().type(),
                asked.prompt().destination(),
                asked.prompt().words(),
                asked.prompt().format(),
                asked.prompt().choices(),
                asked.prompt().compare(),
                asked.prompt().methods(),
                asked.prompt().resendFrom(),
                asked.prompt().wrongCodesLeft(),
                asked.deadline(),
                asked.extendableTo(),
                ChallengeState.valueOf(row.getString("state")),
                outcome == null ? null : ChallengeEnd.valueOf(outcome),
                Rows.jsonOrNull(row, "rejected", Rejection.class),
                (@Nullable Map<String, Object>) Rows.jsonOrNull(row, "jwk", Map.class),
                row.getLong("version"));
    }

    private static DocumentView document(Row row) {
        return new DocumentView(
                row.getUUID("id"),
                row.getUUID("account_id"),
                row.getUUID("run_id"),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size"),
                row.getString("sha256"),
                Rows.instant(row, "saved_at"));
    }
}
