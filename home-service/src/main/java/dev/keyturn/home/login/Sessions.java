package dev.keyturn.home.login;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Statements;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;

/** The sessions of browsers. A session lives as long as it is used. */
@ApplicationScoped
public class Sessions {

    /**
     * A session, without its token.
     *
     * @param ref what it is known by in here; no secret
     */
    public record Session(String ref, User user, Instant expiresAt) {}

    /** Where sessions that were ended are named, by their refs. */
    public static final String CHANNEL = "keyturn_home_sessions";

    private static final Duration ROUGHLY = Duration.ofHours(1);

    private final Database database;
    private final Clock clock;
    private final LoginConfig config;

    Sessions(Database database, Clock clock, LoginConfig config) {
        this.database = database;
        this.clock = clock;
        this.config = config;
    }

    /** A new one; its token is for the cookie alone. */
    public String begin(User user) {
        String token = Tokens.next();
        Instant now = clock.instant();
        database.run(
                tx -> {
                    tx.update("delete from login_session where expires_at < $1", now);
                    tx.update(
                            "insert into login_session (token_hash, user_id, created_at,"
                                    + " expires_at) values ($1, $2, $3, $4)",
                            Tokens.hash(token),
                            user.id(),
                            now,
                            now.plus(config.sessionLifetime()));
                });
        return token;
    }

    /** The session of a cookie, if it lives; this use prolongs it. */
    public Optional<Session> find(String token) {
        byte[] hash = Tokens.hash(token);
        Instant now = clock.instant();
        return database.autocommit(
                db ->
                        db.first(
                                        """
                                        select u.id, u.name, s.expires_at from login_session s join users u on u.id = s.user_id
                                        where s.token_hash = $1 and s.expires_at > $2\
                                        """,
                                        hash,
                                        now)
                                .map(row -> prolonged(db, hash, session(hash, row), now)));
    }

    /** Written once an hour at most: a busy page must not write at each request. */
    private Session prolonged(Statements db, byte[] hash, Session session, Instant now) {
        Instant later = now.plus(config.sessionLifetime());
        if (!session.expiresAt().isBefore(later.minus(ROUGHLY))) {
            return session;
        }
        db.update(
                "update login_session set expires_at = $3 where token_hash = $1 and expires_at >"
                        + " $2",
                hash,
                now,
                later);
        return new Session(session.ref(), session.user(), later);
    }

    /** Whether a session lives still, by its ref. */
    public boolean isAlive(String ref) {
        return database.autocommit(
                db ->
                        db.first(
                                        "select 1 from login_session where token_hash = $1 and"
                                                + " expires_at > $2",
                                        HexFormat.of().parseHex(ref),
                                        clock.instant())
                                .isPresent());
    }

    /** Ends a session, and its live streams on every instance. */
    public void end(String ref) {
        database.run(
                tx -> {
                    tx.update(
                            "delete from login_session where token_hash = $1",
                            HexFormat.of().parseHex(ref));
                    tx.notify(CHANNEL, ref);
                });
    }

    private static Session session(byte[] hash, Row row) {
        return new Session(
                HexFormat.of().formatHex(hash),
                new User(row.getUUID("id"), row.getString("name")),
                row.getOffsetDateTime("expires_at")
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant());
    }
}
