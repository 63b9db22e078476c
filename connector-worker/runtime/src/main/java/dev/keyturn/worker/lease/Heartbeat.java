package dev.keyturn.worker.lease;

import dev.keyturn.service.db.Database;
import dev.keyturn.worker.config.WorkerConfig;
import dev.keyturn.worker.store.InstanceTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** This process among the workers: its id, and its lease with a heartbeat. */
@ApplicationScoped
public class Heartbeat implements Instance {

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);

    private final Database database;
    private final Pool pool;
    private final InstanceTable instances;
    private final Duration heartbeat;
    private final String name;
    private final AtomicReference<UUID> id = new AtomicReference<>(UUID.randomUUID());
    private final AtomicReference<Lease> lease;
    private final Counter lost;
    private final Thread thread;
    private volatile Runnable onLost = () -> {};
    private volatile boolean stopped;

    Heartbeat(
            Database database,
            Pool pool,
            InstanceTable instances,
            WorkerConfig config,
            MeterRegistry metrics,
            @ConfigProperty(name = "keyturn.instance.name") String name) {
        this.database = database;
        this.pool = pool;
        this.instances = instances;
        this.heartbeat = config.heartbeat();
        this.name = name;
        this.lease = new AtomicReference<>(Lease.of(config.lease()));
        this.lost = metrics.counter("keyturn.worker.leases.lost");
        // A platform thread: a connector that loops can starve virtual ones.
        this.thread = Thread.ofPlatform().daemon().name("lease").unstarted(this::beat);
    }

    /**
     * Takes a lease and keeps it.
     *
     * @param whenLost called when another worker has ended it: its runs are no longer ours
     */
    public void start(Runnable whenLost) {
        onLost = whenLost;
        register();
        thread.start();
    }

    /** Gives the lease back. */
    public void stop() {
        stopped = true;
        thread.interrupt();
        database.run(tx -> instances.stop(tx, id()));
    }

    @Override
    public UUID id() {
        return id.get();
    }

    @Override
    public boolean holds() {
        return lease.get().holds(System.nanoTime());
    }

    @Override
    public boolean isSteady() {
        return lease.get().isSteady(System.nanoTime());
    }

    @Override
    public int gaps() {
        return lease.get().gaps();
    }

    private void register() {
        long sent = System.nanoTime();
        UUID me = id();
        database.run(tx -> instances.start(tx, me, name, lease.get().period()));
        lease.set(Lease.of(lease.get().period()).toRenewed(sent, System.nanoTime()));
    }

    private void beat() {
        while (!stopped) {
            try {
                Thread.sleep(heartbeat);
                renew();
            } catch (InterruptedException _) {
                return; // the worker stops
            } catch (RuntimeException e) {
                if (stopped) {
                    return;
                }
                LOG.warnf("The lease could not be renewed, it will be tried again: cause=%s", e);
            }
        }
    }

    private void renew() {
        long sent = System.nanoTime();
        int renewed =
                pool.preparedQuery(InstanceTable.RENEW)
                        .execute(Tuple.of(id(), lease.get().period().toMillis()))
                        .await()
                        .atMost(lease.get().period())
                        .rowCount();
        if (renewed == 1) {
            lease.updateAndGet(l -> l.toRenewed(sent, System.nanoTime()));
        } else if (!stopped) {
            startAnew();
        }
    }

    private void startAnew() {
        lost.increment();
        LOG.errorf("The lease was over and others have ended it: instanceId=%s", id());
        onLost.run();
        id.set(UUID.randomUUID());
        register();
    }
}
