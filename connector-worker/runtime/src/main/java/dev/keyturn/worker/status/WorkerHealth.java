package dev.keyturn.worker.status;

import dev.keyturn.worker.connectors.Catalog;
import dev.keyturn.worker.lease.Instance;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the lease is held and what is offered stands in the catalogue. */
@Readiness
@ApplicationScoped
public class WorkerHealth implements HealthCheck {

    private final Instance instance;
    private final Catalog catalog;

    WorkerHealth(Instance instance, Catalog catalog) {
        this.instance = instance;
        this.catalog = catalog;
    }

    @Override
    public HealthCheckResponse call() {
        boolean holds = instance.holds();
        boolean announced = catalog.isAnnounced();
        return HealthCheckResponse.named("worker")
                .status(holds && announced)
                .withData("lease", holds)
                .withData("catalog", announced)
                .build();
    }
}
