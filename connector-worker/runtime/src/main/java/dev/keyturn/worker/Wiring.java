package dev.keyturn.worker;

import dev.keyturn.worker.claim.Slots;
import dev.keyturn.worker.config.WorkerConfig;
import dev.keyturn.worker.documents.DocumentStore;
import dev.keyturn.worker.documents.FolderDocuments;
import dev.keyturn.worker.http.HttpLimits;
import dev.keyturn.worker.http.HttpSessions;
import dev.keyturn.worker.http.NetworkRules;
import dev.keyturn.worker.http.VertxSessions;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The parts that know nothing of configuration, made from it. */
final class Wiring {

    private static final String NETWORKS = "keyturn.worker.allowed-networks";

    @Produces
    @Singleton
    Slots slots(WorkerConfig config) {
        return new Slots(config.slots(), config.maxWaiting());
    }

    @Produces
    @Singleton
    HttpSessions httpSessions(Vertx vertx, WorkerConfig config) {
        List<NetworkRules.Network> allowed =
                config.allowedNetworks().orElse(List.of()).stream().map(Wiring::network).toList();
        return new VertxSessions(
                vertx, HttpLimits.DEFAULT, new NetworkRules(config.allowPlainHttp(), allowed));
    }

    void close(@Disposes HttpSessions sessions) {
        sessions.close();
    }

    @Produces
    @Singleton
    DocumentStore documents(@ConfigProperty(name = "keyturn.documents.folder") Path folder) {
        try {
            return FolderDocuments.open(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "keyturn.documents.folder=" + folder + ": " + e.getMessage(), e);
        }
    }

    private static NetworkRules.Network network(String text) {
        try {
            return NetworkRules.Network.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    NETWORKS + "=" + text + ": must be networks like 10.0.0.0/8", e);
        }
    }
}
