package dev.keyturn.worker.status;

import dev.keyturn.service.db.Database;
import dev.keyturn.worker.store.SealedTexts;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * {@code GET /q/keys} on the management port: how many accounts name which key of the fleet. Asked
 * before a key is destroyed, of the service that owns the tables.
 */
@ApplicationScoped
public class KeysRoute {

    private static final Logger LOG = Logger.getLogger(KeysRoute.class);

    private final Database database;
    private final SealedTexts texts;

    KeysRoute(Database database, SealedTexts texts) {
        this.database = database;
        this.texts = texts;
    }

    void register(@Observes ManagementInterface management) {
        management
                .router()
                .get("/q/keys")
                .handler(request -> Thread.ofVirtual().name("keys").start(() -> answer(request)));
    }

    private void answer(RoutingContext request) {
        try {
            List<SealedTexts.Named> named = database.tx(texts::named);
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end(json(named).encode());
        } catch (RuntimeException e) {
            LOG.warnf("The use of keys could not be counted: cause=%s", e);
            request.response().setStatusCode(503).end();
        }
    }

    private static JsonArray json(List<SealedTexts.Named> named) {
        JsonArray all = new JsonArray();
        named.forEach(
                n ->
                        all.add(
                                new JsonObject()
                                        .put("kid", n.kid())
                                        .put("accounts", n.accounts())
                                        .put("texts", n.texts())));
        return all;
    }
}
