package dev.keyturn.worker.connectors;

import dev.keyturn.catalog.ConnectorOffered;
import dev.keyturn.service.send.Sender;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Writes to {@code connector.catalog.v1} what this worker offers, where that is not there yet. */
@ApplicationScoped
public class Catalog {

    private static final Logger LOG = Logger.getLogger(Catalog.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.CATALOG.name(), 0);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Connectors connectors;
    private final Sender sender;
    private final Clock clock;
    private final Map<String, Object> kafka;
    private final AtomicBoolean announced = new AtomicBoolean();

    Catalog(
            Connectors connectors,
            Sender sender,
            Clock clock,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.connectors = connectors;
        this.sender = sender;
        this.clock = clock;
        this.kafka = kafka;
    }

    /** Announces, again and again until it is done. To be called on a thread of its own. */
    public void announce() {
        while (!announced.get()) {
            try {
                announceOnce();
                announced.set(true);
            } catch (RuntimeException e) {
                LOG.warnf("The catalogue could not be written, it will be tried again: %s", e);
                sleep();
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while the catalogue was written", e);
        }
    }

    public void announceOnce() {
        Map<String, ConnectorOffered> there = read();
        for (Loaded loaded : connectors.all()) {
            ConnectorOffered offer = Offers.of(loaded.info(), clock.instant());
            if (Offers.differs(offer, there.get(offer.slug()))) {
                sender.send(Codec.encode(Topics.CATALOG, offer, Principal.WORKER, null));
                LOG.infof(
                        "A connector was announced: connector=%s version=%s",
                        offer.slug(), offer.version());
            }
        }
    }

    /** The last offer of each slug. */
    private Map<String, ConnectorOffered> read() {
        Map<String, ConnectorOffered> offers = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        config(), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> put(offers, record));
            }
        }
        return offers;
    }

    private static void put(
            Map<String, ConnectorOffered> offers, ConsumerRecord<String, byte[]> record) {
        if (Codec.decode(Topics.CATALOG, record.headers(), record.value())
                        instanceof Decoded.Known known
                && known.message() instanceof ConnectorOffered offer) {
            offers.put(offer.slug(), offer);
        }
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.keySet().removeIf(k -> k.contains("serializer") || k.equals("group.id"));
        config.put("enable.auto.commit", "false");
        config.put("default.api.timeout.ms", "10000");
        return config;
    }

    /** Whether all is on the topic. */
    public boolean isAnnounced() {
        return announced.get();
    }
}
