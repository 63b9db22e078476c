package dev.keyturn.home.live;

import dev.keyturn.home.catalog.Catalog;
import dev.keyturn.home.login.Sessions;
import dev.keyturn.home.login.User;
import dev.keyturn.home.projection.Pause;
import dev.keyturn.home.status.ChallengeState;
import dev.keyturn.home.view.AccountView;
import dev.keyturn.home.view.ChallengeView;
import dev.keyturn.home.view.Offers;
import dev.keyturn.home.view.Views;
import dev.keyturn.service.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One open page. It was registered before its snapshot is read, and whatever is older than what it
 * has sent is left out: so nothing between the two is missed, and nothing goes back.
 */
final class Stream {

    private static final Logger LOG = Logger.getLogger(Stream.class);

    private static final Set<ChallengeState> SHOWN =
            Set.of(ChallengeState.OPEN, ChallengeState.CHECKING, ChallengeState.REJECTED);

    private final User user;
    private final Optional<Sessions.Session> session;
    private final Wire wire;
    private final Database database;
    private final Sessions sessions;
    private final Clock clock;
    private final Duration heartbeat;
    private final BooleanSupplier behind;
    private final Items items = new Items();
    private final Map<UUID, Long> sent = new HashMap<>();
    private final Set<UUID> accounts = new HashSet<>();

    Stream(
            User user,
            Optional<Sessions.Session> session,
            Wire wire,
            Database database,
            Sessions sessions,
            Clock clock,
            Duration heartbeat,
            BooleanSupplier behind) {
        this.user = user;
        this.session = session;
        this.wire = wire;
        this.database = database;
        this.sessions = sessions;
        this.clock = clock;
        this.heartbeat = heartbeat;
        this.behind = behind;
        items.tell(new Item.Again());
        items.tell(new Item.Catalog());
        items.tell(new Item.Beat());
    }

    UUID user() {
        return user.id();
    }

    boolean isOf(String sessionRef) {
        return session.filter(s -> s.ref().equals(sessionRef)).isPresent();
    }

    void tell(Item item) {
        items.tell(item);
    }

    /** Sends until the client is gone or the session ends. On a virtual thread of its own. */
    void run() throws InterruptedException {
        long beat = System.nanoTime() + heartbeat.toNanos();
        boolean goesOn = true;
        while (goesOn) {
            @Nullable Item item = items.next(beat - System.nanoTime());
            if (item == null) {
                beat = System.nanoTime() + heartbeat.toNanos();
                goesOn = beat();
            } else {
                goesOn = say(item);
            }
        }
    }

    private boolean beat() throws InterruptedException {
        return isAlive()
                ? wire.send(new Said.Heartbeat(clock.instant(), behind.getAsBoolean()))
                : bye();
    }

    /** While nobody can say whether the session has ended, the page keeps what it has. */
    private boolean isAlive() {
        try {
            return session.isEmpty() || sessions.isAlive(session.get().ref());
        } catch (RuntimeException e) {
            LOG.warnf("Whether a session is good could not be read: cause=%s", e);
            return true;
        }
    }

    private boolean say(Item item) throws InterruptedException {
        return switch (item) {
            case Item.Again _ -> snapshot();
            case Item.OfAccount(AccountView account) -> account(account);
            case Item.OfChallenge(ChallengeView challenge) -> challenge(challenge);
            case Item.Gone(UUID account, long version) -> gone(account, version);
            case Item.Catalog _ -> connectors();
            case Item.Beat _ -> beat();
            case Item.Ended _ -> bye();
        };
    }

    private boolean snapshot() throws InterruptedException {
        Said.Snapshot snapshot =
                database.autocommit(
                        db ->
                                new Said.Snapshot(
                                        clock.instant(),
                                        Views.accounts(db, user.id()),
                                        Views.challenges(db, user.id(), SHOWN)));
        sent.clear();
        accounts.clear();
        snapshot.accounts().forEach(a -> sent.put(a.id(), a.version()));
        snapshot.accounts().forEach(a -> accounts.add(a.id()));
        snapshot.challenges().forEach(c -> sent.put(c.id(), c.version()));
        return wire.send(snapshot);
    }

    private boolean account(AccountView account) throws InterruptedException {
        accounts.add(account.id());
        if (isOld(account.id(), account.version())) {
            return true;
        }
        return withholdsPrompts(account)
                ? snapshot()
                : wire.send(new Said.Account(clock.instant(), account));
    }

    /** A prompt that the page has must go from it: only a snapshot says what is not there. */
    private static boolean withholdsPrompts(AccountView account) {
        return account.paused() != null
                && account.paused().why().equals(Pause.FOREIGN_CREDENTIALS.name());
    }

    private boolean challenge(ChallengeView challenge) throws InterruptedException {
        return isOld(challenge.id(), challenge.version())
                || wire.send(new Said.Challenge(clock.instant(), challenge));
    }

    private boolean gone(UUID account, long version) throws InterruptedException {
        return !accounts.remove(account)
                || wire.send(new Said.Removed(clock.instant(), account, version));
    }

    private boolean connectors() throws InterruptedException {
        List<Offers.ConnectorView> all =
                database.autocommit(db -> Catalog.all(db).stream().map(Offers::view).toList());
        return wire.send(new Said.Connectors(clock.instant(), all));
    }

    private boolean bye() throws InterruptedException {
        if (wire.send(new Said.Bye(clock.instant(), "SESSION_ENDED"))) {
            wire.end();
        }
        return false;
    }

    private boolean isOld(UUID id, long version) {
        boolean isOld = sent.getOrDefault(id, -1L) >= version;
        if (!isOld) {
            sent.put(id, version);
        }
        return isOld;
    }
}
