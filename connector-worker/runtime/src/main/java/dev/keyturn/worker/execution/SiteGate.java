package dev.keyturn.worker.execution;

import dev.keyturn.sdk.RunStopped;
import dev.keyturn.service.threads.Threads;
import dev.keyturn.worker.http.RequestGate;
import dev.keyturn.worker.lease.Instance;
import dev.keyturn.worker.store.RunTable;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Before each request to a site: the run must go on, the lease must be held, and what may change
 * something at the site outside of a step is noted first.
 */
final class SiteGate implements RequestGate {

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final RunContext run;
    private final Instance instance;
    private final Writes writes;
    private final RunTable runs;
    private final Threads threads;

    SiteGate(RunContext run, Instance instance, Writes writes, RunTable runs, Threads threads) {
        this.run = run;
        this.instance = instance;
        this.writes = writes;
        this.runs = runs;
        this.threads = threads;
    }

    @Override
    public void beforeRequest(String method, URI address) {
        run.execution().goesOn(run.isInStep());
        if (!run.isInStep() && !HARMLESS.contains(method)) {
            writes.run(
                    run.execution(),
                    tx -> runs.unsafeRequest(tx, run.run().id(), run.claim().epoch()));
        }
        // Last, since the note may have taken longer than the lease.
        while (!instance.holds()) {
            sleep();
            run.execution().goesOn(run.isInStep());
        }
    }

    private void sleep() {
        try {
            threads.sleep(LOOK_AGAIN);
        } catch (InterruptedException _) {
            throw new RunStopped("its thread was interrupted");
        }
    }
}
