package dev.keyturn.worker.claim;

import dev.keyturn.worker.store.Messages;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Rings with each notice of the database. */
@ApplicationScoped
public class Notices implements Wakeups {

    private static final Logger LOG = Logger.getLogger(Notices.class);
    private static final long RECONNECT = Duration.ofSeconds(1).toMillis();

    private final PgSubscriber subscriber;
    private final List<Doorbell> bells = new CopyOnWriteArrayList<>();

    Notices(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.subscriber =
                PgSubscriber.subscriber(
                        vertx,
                        PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", ""))
                                .setUser(user)
                                .setPassword(password));
    }

    @Override
    public Doorbell bell() {
        Doorbell bell = new Doorbell();
        bells.add(bell);
        return bell;
    }

    @Override
    public void ringAll() {
        bells.forEach(Doorbell::ring);
    }

    public void start() {
        subscriber.reconnectPolicy(_ -> RECONNECT);
        subscriber.channel(Messages.CHANNEL).handler(_ -> ringAll());
        subscriber
                .connect()
                .onFailure(
                        e -> LOG.warnf("Notices of the database are not heard yet: cause=%s", e));
    }

    public void stop() {
        subscriber.close();
    }
}
