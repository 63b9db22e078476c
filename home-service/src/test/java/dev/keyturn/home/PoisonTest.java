package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyturn.home.status.Facts;
import dev.keyturn.wire.Json;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A log that was written by other versions, and by nobody's version, is read to its end. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class PoisonTest {

    /** What a version of long ago wrote of a run: each as it stands in the contract's own files. */
    private static final List<String> OF_LONG_AGO =
            List.of(
                    "LoginStarted",
                    "AutoSuccessDisabled",
                    "TwoFaRequested",
                    "TwoFaResent",
                    "TwoFaExtended",
                    "TwoFaAnswered",
                    "TwoFaRejected",
                    "LoginSucceeded",
                    "DocumentSaved",
                    "RunFinished");

    private static final Path GOLDEN = Path.of("../common-events/src/test/resources/golden/v1");

    private final Person ada = new Person();

    @Test
    void aLogOfOtherVersionsWithPoisonInItIsReadToItsEnd() throws IOException {
        UUID account = ada.account();
        Facts f = ada.run(account);
        double letters = Metrics.value("keyturn_dead_letters_total");
        double unknown = Metrics.value("keyturn_records_unknown_total");
        List<ProducerRecord<String, byte[]>> log = new ArrayList<>();
        for (String type : OF_LONG_AGO) {
            log.add(asItWasWritten(type, f));
            log.add(ofNextYear(asItWasWritten(type, f)));
            log.add(broken(asItWasWritten(type, f)));
        }
        log.forEach(record -> ada.broker.send(Principal.WORKER, record));

        ada.awaitState(f.run, "DONE");
        List<String> timeline = new ArrayList<>();
        for (JsonNode entry : ada.client.get("/api/runs/" + f.run + "/events").body()) {
            timeline.add(entry.path("type").asText());
        }
        assertThat(timeline).containsExactlyElementsOf(withQueued());
        await().until(
                        () ->
                                Metrics.value("keyturn_dead_letters_total")
                                        == letters + OF_LONG_AGO.size());
        assertThat(Metrics.value("keyturn_records_unknown_total"))
                .isEqualTo(unknown + OF_LONG_AGO.size());
        assertThat(ada.get(account).path("status").asText()).isEqualTo("CONNECTED");
    }

    private static List<String> withQueued() {
        List<String> all = new ArrayList<>(List.of("RunQueued"));
        all.addAll(OF_LONG_AGO);
        return all;
    }

    /** A golden file's record, of this run. */
    private static ProducerRecord<String, byte[]> asItWasWritten(String type, Facts f)
            throws IOException {
        JsonNode golden = Json.mapper().readTree(GOLDEN.resolve(type + ".json").toFile());
        String id = UUID.randomUUID().toString();
        ObjectNode value = (ObjectNode) golden.path("value");
        value.put("eventId", id);
        value.put("ownerId", f.owner.toString());
        value.put("accountId", f.account.toString());
        value.put("runId", f.run.toString());
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.EVENTS.name(),
                        f.account.toString(),
                        value.toString().getBytes(UTF_8));
        golden.path("headers")
                .properties()
                .forEach(
                        h ->
                                record.headers()
                                        .add(h.getKey(), h.getValue().asText().getBytes(UTF_8)));
        put(record, "ce_id", id);
        put(record, "ce_subject", f.account.toString());
        return record;
    }

    private static ProducerRecord<String, byte[]> ofNextYear(
            ProducerRecord<String, byte[]> record) {
        put(record, "ce_type", "OfNextYear");
        return record;
    }

    /** The second half of its value is not there. */
    private static ProducerRecord<String, byte[]> broken(ProducerRecord<String, byte[]> record) {
        String value = new String(Objects.requireNonNull(record.value()), UTF_8);
        return new ProducerRecord<>(
                record.topic(),
                null,
                record.key(),
                value.substring(0, value.length() / 2).getBytes(UTF_8),
                record.headers());
    }

    private static void put(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().remove(name);
        record.headers().add(name, value.getBytes(UTF_8));
    }
}
