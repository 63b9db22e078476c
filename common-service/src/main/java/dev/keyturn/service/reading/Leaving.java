package dev.keyturn.service.reading;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.impl.ReactiveKafkaConsumer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Ends the reading of a service that is asked to stop, while its database can still be reached:
 * others go on with the partitions at once, what is being applied is applied to its end, and what
 * that leaves in the outbox is still sent. Left to itself, the pool is closed first: a consumer
 * would hold on to its partitions for seconds and apply nothing.
 */
@ApplicationScoped
public class Leaving {

    private static final Logger LOG = Logger.getLogger(Leaving.class);

    /** After a worker has given its runs back, and before all that gives no number. */
    private static final int BEFORE_WRITERS_STOP = 2;

    private final KafkaClientService clients;
    private final InHand inHand;

    Leaving(KafkaClientService clients, InHand inHand) {
        this.clients = clients;
        this.inHand = inHand;
    }

    void onStop(@Observes @Priority(BEFORE_WRITERS_STOP) ShutdownEvent event)
            throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            clients.getConsumerChannels().stream()
                    .map(clients::getConsumers)
                    .flatMap(List::stream)
                    .forEach(consumer -> threads.execute(() -> close(consumer)));
        }
        inHand.end();
    }

    /** SmallRye closes a consumer only together with the producers, which are needed still. */
    private static void close(Object consumer) {
        try {
            ((ReactiveKafkaConsumer<?, ?>) consumer).close();
        } catch (RuntimeException e) {
            LOG.warnf("A consumer could not leave its group, which will notice: cause=%s", e);
        }
    }
}
