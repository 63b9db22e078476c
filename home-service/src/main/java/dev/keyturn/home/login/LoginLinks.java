package dev.keyturn.home.login;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.keyturn.seal.NeverWritten;
import dev.keyturn.service.db.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Links that sign in once. Their token stands in the fragment, which no server sees and no log
 * holds.
 */
@ApplicationScoped
public class LoginLinks {

    /**
     * A link's token.
     *
     * @param expiresAt from when on it signs in no more
     */
    @JsonSerialize(using = NeverWritten.class)
    public record Issued(String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "Issued[…, " + expiresAt + "]";
        }
    }

    private final Database database;
    private final Clock clock;
    private final LoginConfig config;

    LoginLinks(Database database, Clock clock, LoginConfig config) {
        this.database = database;
        this.clock = clock;
        this.config = config;
    }

    /** A new one. */
    public Issued issue(User user) {
        Issued issued = new Issued(Tokens.next(), clock.instant().plus(config.loginLinkLifetime()));
        database.run(
                tx -> {
                    tx.update("delete from login_link where expires_at < $1", clock.instant());
                    tx.update(
                            "insert into login_link (token_hash, user_id, expires_at) values ($1,"
                                    + " $2, $3)",
                            Tokens.hash(issued.token()),
                            user.id(),
                            issued.expiresAt());
                });
        return issued;
    }

    /** Whom it signs in; nobody if it was used, is over, or never was. */
    public Optional<User> redeem(String token) {
        return database.<Optional<Row>>tx(
                        tx ->
                                tx.first(
                                        """
                                        with used as (delete from login_link where token_hash = $1 returning user_id, expires_at)
                                        select u.id, u.name from used join users u on u.id = used.user_id
                                        where used.expires_at > $2\
                                        """,
                                        Tokens.hash(token),
                                        clock.instant()))
                .map(row -> new User(row.getUUID("id"), row.getString("name")));
    }
}
