package dev.keyturn.benchmark;

import dev.keyturn.events.RunAdopted;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Kills a worker and watches how others take its runs. */
final class Adoptions {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Log log;
    private final int waiting;
    private final Set<UUID> adopted = new HashSet<>();
    private long first;
    private long last;

    Adoptions(Log log, int waiting) {
        this.log = log;
        this.waiting = waiting;
    }

    Result.Adoption after(ProcessHandle worker, Duration patience) {
        long killed = Micros.now();
        first = killed;
        last = killed;
        if (!worker.destroyForcibly()) {
            throw new IllegalStateException("worker " + worker.pid() + ": cannot be killed");
        }
        long end = System.nanoTime() + patience.toNanos();
        while (adopted.size() < waiting && System.nanoTime() < end) {
            Pace.sleep(LOOK);
            log.read().forEach(this::see);
        }
        return new Result.Adoption(
                waiting, adopted.size(), (first - killed) / 1e6, (last - killed) / 1e6);
    }

    private void see(Log.Said said) {
        if (said.message() instanceof RunAdopted fact && adopted.add(fact.runId())) {
            first = adopted.size() == 1 ? said.sent() : Math.min(first, said.sent());
            last = Math.max(last, said.sent());
        }
    }
}
