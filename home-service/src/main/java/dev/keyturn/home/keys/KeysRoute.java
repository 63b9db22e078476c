package dev.keyturn.home.keys;

import dev.keyturn.seal.Envelope;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * {@code GET /q/keys} on the management port: how many accounts have credentials on their way to
 * the workers, by the key of the fleet that they are sealed to.
 */
@ApplicationScoped
public class KeysRoute {

    private static final Logger LOG = Logger.getLogger(KeysRoute.class);

    private final Database database;

    KeysRoute(Database database) {
        this.database = database;
    }

    void register(@Observes ManagementInterface management) {
        management
                .router()
                .get("/q/keys")
                .handler(request -> Thread.ofVirtual().name("keys").start(() -> answer(request)));
    }

    private void answer(RoutingContext request) {
        try {
            JsonArray named = database.tx(KeysRoute::named);
            request.response().putHeader("Content-Type", "application/json").end(named.encode());
        } catch (RuntimeException e) {
            LOG.warnf("The use of keys could not be counted: cause=%s", e);
            request.response().setStatusCode(503).end();
        }
    }

    private static JsonArray named(Tx tx) {
        Map<String, Set<UUID>> accounts = new TreeMap<>();
        Map<String, Integer> texts = new HashMap<>();
        tx.list("select account_id, sealed from credentials where sealed is not null")
                .forEach(
                        row -> {
                            String kid = Envelope.kid(row.getString("sealed")).orElse("?");
                            accounts.computeIfAbsent(kid, _ -> new HashSet<>())
                                    .add(row.getUUID("account_id"));
                            texts.merge(kid, 1, Integer::sum);
                        });
        JsonArray all = new JsonArray();
        accounts.forEach(
                (kid, of) ->
                        all.add(
                                new JsonObject()
                                        .put("kid", kid)
                                        .put("accounts", of.size())
                                        .put("texts", texts.get(kid))));
        return all;
    }
}
