package dev.keyturn.home.login;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The local users. */
@ApplicationScoped
public class Users {

    /** Who is meant where none is named. */
    public static final String ME = "me";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final Database database;
    private final Clock clock;

    Users(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Whether somebody can have this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * The user of this name, made if there is none.
     *
     * @throws IllegalArgumentException if nobody can have this name
     */
    public User named(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "user: must be 1 to 63 of a-z, 0-9, dot, dash and underscore, and begin with a"
                            + " letter or digit");
        }
        return database.autocommit(db -> find(db, name).orElseGet(() -> make(db, name)));
    }

    private User make(Statements db, String name) {
        db.update(
                """
                insert into users (id, name, created_at) values ($1, $2, $3)
                on conflict (name) do nothing\
                """,
                UUID.randomUUID(),
                name,
                clock.instant());
        return find(db, name).orElseThrow();
    }

    private static Optional<User> find(Statements db, String name) {
        return db.first("select id from users where name = $1", name)
                .map(row -> new User(row.getUUID("id"), name));
    }
}
