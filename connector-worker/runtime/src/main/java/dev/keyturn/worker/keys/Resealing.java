package dev.keyturn.worker.keys;

import dev.keyturn.seal.FleetKeys;
import dev.keyturn.seal.SealException;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.store.SealedTexts;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * After a rotation, puts what is kept under a former secret key under the one that is used now. So
 * the former one can be destroyed without anybody being asked for a password again.
 *
 * <p>Every worker does it. Two that take the same text do no harm: the second finds another than it
 * read and leaves it.
 */
@ApplicationScoped
public class Resealing {

    private static final Logger LOG = Logger.getLogger(Resealing.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Looking through everything costs something, and former keys are there for a day. */
    private static final int LOOKS_SKIPPED_WHEN_DONE = 30;

    private static final int BATCH = 100;

    private final Keys keys;
    private final Database database;
    private final SealedTexts texts;
    private final MeterRegistry metrics;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<SealedTexts.Place> unopenable = new HashSet<>();
    private Set<String> done = Set.of();
    private int skip;

    Resealing(Keys keys, Database database, SealedTexts texts, MeterRegistry metrics) {
        this.keys = keys;
        this.database = database;
        this.texts = texts;
        this.metrics = metrics;
    }

    void onStart(@Observes StartupEvent event) {
        Thread.ofVirtual().name("resealing").start(this::loop);
    }

    void onStop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void loop() {
        try {
            while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                tryAll();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryAll() {
        try {
            FleetKeys fleet = keys.fleet();
            Set<String> former = fleet.formerSecretKids();
            if (former.isEmpty() || (former.equals(done) && skip-- > 0)) {
                return;
            }
            boolean isDone = resealAll(fleet) == 0;
            done = isDone ? former : Set.of();
            skip = LOOKS_SKIPPED_WHEN_DONE;
        } catch (RuntimeException e) {
            LOG.warnf("Texts could not be sealed anew, it will be tried again: cause=%s", e);
        }
    }

    /**
     * Reseals what names a former key.
     *
     * @return how many texts
     */
    public int resealAll(FleetKeys fleet) {
        Set<String> former = fleet.formerSecretKids();
        int all = 0;
        int some;
        do {
            List<SealedTexts.Place> places =
                    database
                            .tx(tx -> texts.sealedWith(tx, former, BATCH + unopenable.size()))
                            .stream()
                            .filter(place -> !unopenable.contains(place))
                            .toList();
            some =
                    (int)
                            places.stream()
                                    .filter(place -> database.tx(tx -> reseal(tx, fleet, place)))
                                    .count();
            all += some;
        } while (some > 0 && stopped.getCount() > 0);
        if (all > 0) {
            LOG.infof("Texts were sealed anew under the fleet's newest key: count=%d", all);
        }
        return all;
    }

    private boolean reseal(Tx tx, FleetKeys fleet, SealedTexts.Place place) {
        String sealed = texts.read(tx, place).orElse("");
        if (sealed.isEmpty()) {
            return false;
        }
        try {
            String resealed = fleet.reseal(place.kind(), place.binding(), sealed);
            boolean replaced = texts.replace(tx, place, sealed, resealed);
            metrics.counter("keyturn.worker.resealed", "kind", place.kind().typ()).increment();
            return replaced;
        } catch (SealException e) {
            unopenable.add(place);
            LOG.errorf(
                    "A text does not open and keeps its key from being retired: kind=%s id=%s"
                            + " cause=%s",
                    place.kind().typ(), place.id(), e.getMessage());
            return false;
        }
    }
}
