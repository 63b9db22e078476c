package dev.keyturn.connectors;

import dev.keyturn.worker.http.HttpLimits;
import dev.keyturn.worker.http.NetworkRules;
import dev.keyturn.worker.http.VertxSessions;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A site and the worker's own sessions, for tests of connectors. */
public abstract class ConnectorTest {

    private static Vertx vertx;

    protected ScriptedSite site;
    protected VertxSessions sessions;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void startSite() throws Exception {
        site = new ScriptedSite(vertx);
        sessions =
                new VertxSessions(
                        vertx,
                        HttpLimits.DEFAULT,
                        new NetworkRules(true, List.of(NetworkRules.Network.parse("127.0.0.0/8"))));
    }

    @AfterEach
    void stopSite() throws Exception {
        sessions.close();
        site.close();
    }
}
