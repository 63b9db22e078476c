package dev.keyturn.worker.status;

import dev.keyturn.worker.claim.Slots;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** {@code GET /q/worker} on the management port: how many runs work and wait here. */
@ApplicationScoped
public class StatusRoute {

    private final Slots slots;

    StatusRoute(Slots slots, MeterRegistry metrics) {
        this.slots = slots;
        metrics.gauge("keyturn.worker.runs.working", slots, Slots::working);
        metrics.gauge("keyturn.worker.runs.waiting", slots, Slots::waiting);
    }

    void register(@Observes ManagementInterface management) {
        management
                .router()
                .get("/q/worker")
                .handler(
                        request ->
                                request.response()
                                        .putHeader("Content-Type", "application/json")
                                        .end(status().encode()));
    }

    private JsonObject status() {
        return new JsonObject()
                .put("slots", slots.slots())
                .put("working", slots.working())
                .put("waiting", slots.waiting());
    }
}
