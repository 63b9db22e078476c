package dev.keyturn.worker;

import dev.keyturn.service.stop.RecordedStart;
import dev.keyturn.worker.budget.Limits;
import dev.keyturn.worker.claim.Claimer;
import dev.keyturn.worker.claim.Notices;
import dev.keyturn.worker.config.ConfigCheck;
import dev.keyturn.worker.config.WorkerConfig;
import dev.keyturn.worker.connectors.Catalog;
import dev.keyturn.worker.connectors.Connectors;
import dev.keyturn.worker.execution.Executions;
import dev.keyturn.worker.keys.Keys;
import dev.keyturn.worker.lease.Heartbeat;
import dev.keyturn.worker.sweep.Sweeper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/** Starts and stops a worker's parts in their order. */
@ApplicationScoped
public class WorkerLife {

    private static final Logger LOG = Logger.getLogger(WorkerLife.class);

    private static final int AFTER_CHANNELS = Interceptor.Priority.APPLICATION;

    private final WorkerConfig config;
    private final Connectors connectors;
    private final Keys keys;
    private final Catalog catalog;
    private final Heartbeat instance;
    private final Executions executions;
    private final Claimer claimer;
    private final Sweeper sweeper;
    private final Notices wakeups;

    WorkerLife(
            WorkerConfig config,
            Connectors connectors,
            Keys keys,
            Catalog catalog,
            Heartbeat instance,
            Executions executions,
            Claimer claimer,
            Sweeper sweeper,
            Notices wakeups) {
        this.config = config;
        this.connectors = connectors;
        this.keys = keys;
        this.catalog = catalog;
        this.instance = instance;
        this.executions = executions;
        this.claimer = claimer;
        this.sweeper = sweeper;
        this.wakeups = wakeups;
    }

    /** Before anything is read: what cannot be used stops the start, with a line that names it. */
    void onStart(@Observes @Priority(10) StartupEvent event) {
        if (RecordedStart.isThis()) {
            return;
        }
        try {
            check();
        } catch (IllegalArgumentException e) {
            LOG.errorf("The worker cannot start: %s", e.getMessage());
            throw e;
        }
        instance.start(executions::drop);
    }

    private void check() {
        ConfigCheck.check(config);
        connectors.all().forEach(c -> Limits.of(c.info(), connectors.settings(c.info().slug())));
        LOG.infof(
                "A worker starts: connectors=%s slots=%d keys=%s",
                connectors.slugs(), config.slots(), keys.fleet());
    }

    /** Once the channels are open. */
    void onOpen(@Observes @Priority(AFTER_CHANNELS) StartupEvent event) {
        wakeups.start();
        Thread.ofVirtual().name("catalog").start(catalog::announce);
        sweeper.start();
        claimer.start();
    }

    /** Before the clients of broker and database are closed. */
    void onStop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        claimer.stop();
        sweeper.stop();
        executions.stop(instance.id(), config.stopWithin());
        instance.stop();
        wakeups.stop();
    }
}
