package dev.keyturn.simulator.cast;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.outbox.OutboxSender;
import dev.keyturn.service.reply.PendingReplies;
import dev.keyturn.service.reply.RepliesIn;
import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.db.MemoryDatabase;
import dev.keyturn.simulator.db.WorkerTables;
import dev.keyturn.simulator.world.SimulatedProcess;
import dev.keyturn.wire.Topics;
import dev.keyturn.worker.claim.Claiming;
import dev.keyturn.worker.claim.Doorbell;
import dev.keyturn.worker.claim.Slots;
import dev.keyturn.worker.claim.Wakeups;
import dev.keyturn.worker.connectors.Connectors;
import dev.keyturn.worker.connectors.Loaded;
import dev.keyturn.worker.execution.Executions;
import dev.keyturn.worker.inbox.RunsIn;
import dev.keyturn.worker.lease.Instance;
import dev.keyturn.worker.lease.Lease;
import dev.keyturn.worker.sweep.Sweeper;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A worker: everything above its SQL and its sockets is the product's own. */
public final class WorkerProcess {

    private static final Duration LEASE = Duration.ofSeconds(9);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(8);

    private final SimulatedProcess process;
    private final WorkerTables tables;
    private final Database database;
    private final int replyPartition;
    private final Holder instance = new Holder();
    private final Slots slots;
    private final Executions executions;
    private final Claiming claiming;
    private final Sweeper sweeper;
    private final OutboxSender outbox;
    private final RepliesIn replies;
    private final Consumer runs;
    private boolean rung;
    private boolean stopping;

    WorkerProcess(
            SimulatedProcess process,
            WorkerTables tables,
            Group group,
            Site site,
            int replyPartition,
            int slots,
            Runnable notice) {
        this.process = process;
        this.tables = tables;
        this.replyPartition = replyPartition;
        this.database = new MemoryDatabase(process, notice);
        this.slots = slots(slots);
        SimulatedConnector connector = new SimulatedConnector();
        Assembly assembly =
                new Assembly()
                        .with(
                                process,
                                process.principal(),
                                process.clock(),
                                database,
                                instance,
                                this.slots,
                                new Bell(),
                                Fleet.metrics(),
                                Fleet.privateFile(),
                                Duration.ZERO,
                                replyPartition,
                                new Connectors(
                                        Map.of(
                                                connector.info().slug(),
                                                new Loaded(connector, connector.info(), "")),
                                        Map.of()),
                                new SiteSessions(process, tables, instance, site),
                                new KeptDocuments(),
                                tables.outbox,
                                tables.positions,
                                tables.instances,
                                tables.accounts,
                                tables.runs,
                                tables.queue,
                                tables.journal,
                                tables.checkpoints,
                                tables.inbox,
                                tables.spent,
                                tables.documents);
        this.outbox = assembly.get(OutboxSender.class);
        this.executions = assembly.get(Executions.class);
        this.claiming = assembly.get(Claiming.class);
        this.sweeper = assembly.get(Sweeper.class);
        PendingReplies _ = assembly.get(PendingReplies.class);
        this.replies = assembly.get(RepliesIn.class);
        RunsIn runsIn = assembly.get(RunsIn.class);
        this.runs =
                new Consumer(process, Topics.RUNS, group, database, tables.positions, runsIn::read);
    }

    private Slots slots(int most) {
        if (!process.world().has(Mutant.WAITING_KEEPS_ITS_SLOT)) {
            return new Slots(most, 100);
        }
        return new Slots(most, 100) {
            @Override
            public synchronized void toWaiting() {}

            @Override
            public synchronized void toWorking() {}
        };
    }

    public SimulatedProcess process() {
        return process;
    }

    public Slots slots() {
        return slots;
    }

    Consumer runs() {
        return runs;
    }

    /** Starts what a worker does all the time. */
    void start() {
        process.start("start", this::register);
    }

    private void register() {
        boolean registered = false;
        while (!registered) {
            try {
                instance.register();
                registered = true;
            } catch (RuntimeException _) {
                process.lapse(500, 1_000);
            }
        }
        long from = process.world().log().end(Topics.REPLIES.name(), replyPartition);
        process.start("lease", this::beat);
        process.start("replies", () -> hear(from));
        process.start("runs", runs::loop);
        process.start("claimer", this::claim);
        process.start("sweeper", () -> each(SECOND, sweeper::sweep));
        process.start("outbox", () -> each(SECOND, outbox::sweep));
    }

    private void each(Duration pause, Runnable work) {
        while (!stopping) {
            work.run();
            process.until(() -> false, pause);
        }
    }

    private void claim() {
        while (!stopping) {
            rung = false;
            try {
                claiming.claimAll();
            } catch (RuntimeException _) {
                process.lapse(5, 10); // it is tried again
            }
            process.until(() -> rung, SECOND);
        }
    }

    private void beat() {
        while (true) {
            process.until(() -> false, HEARTBEAT);
            try {
                instance.renew();
            } catch (RuntimeException _) {
                process.lapse(5, 10); // it is tried again
            }
        }
    }

    private void hear(long from) {
        Replies.loop(process, replyPartition, from, record -> replies.onReply(record));
    }

    void ring() {
        rung = true;
    }

    /** SIGTERM: gives its runs back. */
    void stop(Runnable then) {
        stopping = true;
        claiming.stop();
        process.start(
                "stop",
                () -> {
                    try {
                        executions.stop(instance.id(), STOP_WITHIN);
                        database.run(tx -> tables.instances.stop(tx, instance.id()));
                    } catch (InterruptedException | RuntimeException _) {
                        process.lapse(5, 10); // then its lease ends by itself
                    }
                    then.run();
                });
    }

    /** Its lease, as the heartbeat of a worker keeps it. */
    private final class Holder implements Instance {

        private UUID id = new UUID(0, 0);
        private Lease lease = Lease.of(LEASE);

        void register() {
            id = process.next();
            long sent = process.nanos();
            database.run(tx -> tables.instances.start(tx, id, process.name(), LEASE));
            lease = Lease.of(LEASE).toRenewed(sent, process.nanos());
        }

        void renew() {
            long sent = process.nanos();
            if (database.tx(tx -> tables.instances.renew(tx, id, LEASE))) {
                lease = lease.toRenewed(sent, process.nanos());
            } else if (!stopping) {
                executions.drop();
                register();
            }
        }

        @Override
        public UUID id() {
            return id;
        }

        @Override
        public boolean holds() {
            return process.world().has(Mutant.LEASE_NOT_LOOKED_AT) || lease.holds(process.nanos());
        }

        @Override
        public boolean isSteady() {
            return lease.isSteady(process.nanos());
        }

        @Override
        public int gaps() {
            return lease.gaps();
        }
    }

    private final class Bell implements Wakeups {

        @Override
        public Doorbell bell() {
            return new Doorbell();
        }

        @Override
        public void ringAll() {
            ring();
        }
    }
}
