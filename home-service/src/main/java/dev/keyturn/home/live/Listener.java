package dev.keyturn.home.live;

import dev.keyturn.home.login.Sessions;
import dev.keyturn.home.projection.Changes;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Listens to what all instances tell. After a loss every page begins anew. */
@Default
@Readiness
@ApplicationScoped
public class Listener implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(Listener.class);
    private static final long PAUSE = 500;

    private final Streams streams;
    private final PgSubscriber subscriber;
    private final AtomicBoolean listens = new AtomicBoolean();

    Listener(
            Vertx vertx,
            Streams streams,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.streams = streams;
        PgConnectOptions options =
                PgConnectOptions.fromUri(url).setUser(user).setPassword(password);
        this.subscriber = PgSubscriber.subscriber(vertx, options);
    }

    void onStart(@Observes StartupEvent event) {
        subscriber.reconnectPolicy(_ -> PAUSE);
        subscriber.closeHandler(_ -> onLoss());
        subscriber.channel(Changes.CHANNEL).handler(streams::changed);
        subscriber
                .channel(Sessions.CHANNEL)
                .subscribeHandler(_ -> onSubscribed())
                .handler(streams::sessionEnded);
        var _ =
                subscriber
                        .connect()
                        .onSuccess(_ -> LOG.debug("Listening to changes"))
                        .onFailure(e -> LOG.warnf("Listening to changes has to wait: cause=%s", e));
    }

    void onStop(@Observes ShutdownEvent event) {
        subscriber.reconnectPolicy(_ -> -1L);
        var _ = subscriber.close();
    }

    /** Both channels are listened to by now: this one was asked for last. */
    private void onSubscribed() {
        listens.set(true);
        streams.again();
    }

    private void onLoss() {
        listens.set(false);
    }

    /** Whether a change would be heard now. */
    boolean listens() {
        return listens.get();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("changes").status(listens.get()).build();
    }
}
