package dev.keyturn.systemtests;

import dev.keyturn.local.infra.KafkaAccess;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Message;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Somebody who can write to Kafka as one of the services, but has no key of the fleet. */
record Intruder(Settings settings) {

    void write(Principal as, Topic topic, Message message) {
        Map<String, Object> config = new HashMap<>(client(as));
        config.put("key.serializer", StringSerializer.class);
        config.put("value.serializer", ByteArraySerializer.class);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(config)) {
            var _ = producer.send(Codec.encode(topic, message, as, null)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> client(Principal as) {
        return new KafkaAccess(settings.ports().kafka(), settings.home().secrets())
                .clientConfig(as.user());
    }
}
