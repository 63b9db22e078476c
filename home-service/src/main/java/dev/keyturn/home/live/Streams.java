package dev.keyturn.home.live;

import dev.keyturn.home.limits.Limits;
import dev.keyturn.home.login.Sessions;
import dev.keyturn.home.projection.Changes;
import dev.keyturn.home.view.Views;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Statements;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The pages that are open at this instance, told of what changes anywhere. */
@ApplicationScoped
public class Streams {

    private static final Logger LOG = Logger.getLogger(Streams.class);

    /** With more notices than this, what changed is not looked at one by one. */
    private static final int MOST = 1_000;

    private final Database database;
    private final Limits limits;
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Streams(Database database, Limits limits, MeterRegistry metrics) {
        this.database = database;
        this.limits = limits;
        metrics.gaugeCollectionSize("keyturn.home.streams", List.of(), open);
        threads.execute(this::follow);
    }

    void onStop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }

    /**
     * Lets a page follow, until it is gone.
     *
     * @throws dev.keyturn.home.web.Problem 429 if its user has enough of them
     */
    void open(Stream stream, Wire wire) {
        synchronized (open) {
            limits.streams(open.stream().filter(s -> s.user().equals(stream.user())).count());
            open.add(stream);
        }
        threads.execute(
                () -> {
                    try {
                        stream.run();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        LOG.warnf("A stream ends, its page will connect anew: cause=%s", e);
                    } finally {
                        open.remove(stream);
                        wire.drop();
                    }
                });
    }

    /** The client is gone. */
    void closed(Stream stream) {
        if (open.remove(stream)) {
            stream.tell(new Item.Ended());
        }
    }

    /** Something may have been missed: every page gets what there is. */
    void again() {
        open.forEach(
                stream -> {
                    stream.tell(new Item.Again());
                    stream.tell(new Item.Catalog());
                });
    }

    /** Home sees again what happens, or does not any more: every page is told at once. */
    void beat() {
        open.forEach(stream -> stream.tell(new Item.Beat()));
    }

    /** A notice of {@link Changes#CHANNEL}. While they cannot be read, they do not pile up. */
    void changed(String payload) {
        if (notices.size() >= MOST) {
            notices.clear();
            notices.add(Changes.ALL);
        }
        notices.add(payload);
    }

    /** A notice of {@link Sessions#CHANNEL}. */
    void sessionEnded(String hash) {
        open.stream().filter(s -> s.isOf(hash)).forEach(s -> s.tell(new Item.Ended()));
    }

    /** Takes all notices that there are at once: what changed often is read once. */
    private void follow() {
        try {
            while (true) {
                Set<String> all = new HashSet<>();
                all.add(notices.take());
                notices.drainTo(all);
                passOn(all);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void passOn(Set<String> payloads) {
        try {
            if (payloads.remove(Changes.CATALOG)) {
                open.forEach(stream -> stream.tell(new Item.Catalog()));
            }
            if (payloads.contains(Changes.ALL)) {
                again();
            } else if (!payloads.isEmpty() && !open.isEmpty()) {
                passOn(ids(payloads).toArray(UUID[]::new));
            }
        } catch (RuntimeException e) {
            LOG.warnf("Changes could not be read, every page begins anew: cause=%s", e);
            again();
        }
    }

    private void passOn(UUID... ids) {
        Set<UUID> users = open.stream().map(Stream::user).collect(Collectors.toSet());
        List<UUID> changed = Arrays.asList(ids);
        boolean _ =
                database.autocommit(
                        db -> {
                            Set<UUID> gone = new HashSet<>(changed);
                            for (var account : Views.accountsOf(db, changed)) {
                                gone.remove(account.value().id());
                                if (users.contains(account.user())) {
                                    tell(account.user(), new Item.OfAccount(account.value()));
                                }
                            }
                            for (var challenge : Views.challengesOf(db, changed)) {
                                tell(challenge.user(), new Item.OfChallenge(challenge.value()));
                            }
                            gone.forEach(id -> gone(db, id));
                            return true;
                        });
    }

    private void gone(Statements db, UUID account) {
        db.first("select version from account where id = $1", account)
                .map(row -> row.getLong("version"))
                .ifPresent(
                        version ->
                                open.forEach(
                                        stream -> stream.tell(new Item.Gone(account, version))));
    }

    private void tell(UUID user, Item item) {
        open.stream().filter(s -> s.user().equals(user)).forEach(s -> s.tell(item));
    }

    private static Set<UUID> ids(Set<String> payloads) {
        return payloads.stream()
                .flatMap(payload -> Arrays.stream(payload.split(",")))
                .map(UUID::fromString)
                .collect(Collectors.toSet());
    }
}
