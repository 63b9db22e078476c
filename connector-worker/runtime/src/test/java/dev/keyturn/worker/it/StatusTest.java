package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.catalog.ConnectorOffered;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import dev.keyturn.worker.connectors.Catalog;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StatusTest extends WorkerIntegration {

    @Inject Catalog catalog;

    @Test
    void theManagementPortSaysHowManyRunsWorkAndWait() {
        awaitIdle();
        assertThat(get("/q/worker")).isEqualTo("{\"slots\":2,\"working\":0,\"waiting\":0}");
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        others.fact(ada.account, TwoFaRequested.class);
        await().atMost(PATIENCE)
                .until(() -> get("/q/worker").equals("{\"slots\":2,\"working\":0,\"waiting\":1}"));
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        awaitIdle();
    }

    @Test
    void itIsReadyWithItsLeaseItsRepliesAndItsCatalogue() {
        await().atMost(PATIENCE).until(() -> get("/q/health/ready").contains("\"catalog\""));
        String ready = get("/q/health/ready");
        assertThat(ready).contains("lease", "replies", "topics", "reading");
        await().atMost(PATIENCE)
                .until(() -> !get("/q/health/ready").contains("\"status\": \"DOWN\""));
    }

    @Test
    void metricsAreThere() {
        assertThat(get("/q/metrics")).contains("keyturn_worker_runs_waiting");
    }

    @Test
    void whatIsOfferedIsAnnouncedOnceHoweverOftenItIsAnnounced() {
        await().atMost(PATIENCE).until(() -> offers().size() == 1);
        onVirtualThread(
                () -> {
                    catalog.announceOnce();
                    return true;
                });
        assertThat(offers())
                .singleElement()
                .satisfies(offer -> assertThat(offer.slug()).isEqualTo("scripted"));
    }

    private List<ConnectorOffered> offers() {
        Map<String, Object> config = new HashMap<>(infrastructure.kafkaConfig(Principal.HOME));
        config.put("enable.auto.commit", "false");
        TopicPartition partition = new TopicPartition(Topics.CATALOG.name(), 0);
        List<ConnectorOffered> offers = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        config, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(
                                record -> {
                                    if (Codec.decode(
                                                            Topics.CATALOG,
                                                            record.headers(),
                                                            record.value())
                                                    instanceof Decoded.Known known
                                            && known.message() instanceof ConnectorOffered o) {
                                        offers.add(o);
                                    }
                                });
            }
        }
        return offers;
    }
}
