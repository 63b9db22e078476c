package dev.keyturn.benchmark.smallrye;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.reply.KafkaRequestReply;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jspecify.annotations.Nullable;

/** Both ends of SmallRye's request and reply, in this process. */
@ApplicationScoped
public class RequestReply {

    /** Its topics, which are there, with one partition each. */
    public static final String REQUESTS = "bench.smallrye.requests";

    public static final String REPLIES = "bench.smallrye.replies";

    private static final String IN = "mp.messaging.incoming.answers-in.";
    private static final String OUT = "mp.messaging.outgoing.answers-out.";
    private static final String ASK = "mp.messaging.outgoing.asks.";
    private static final String ALL = "mp.messaging.connector.smallrye-kafka.";

    private @Nullable KafkaRequestReply<byte[], byte[]> asks;

    /** Starts both ends; the container's end stops them. */
    public static SeContainer start(Map<String, String> broker) {
        configuration(broker).forEach(System::setProperty);
        // The container looks for a configuration that is there already.
        var _ = ConfigProvider.getConfig();
        return SeContainerInitializer.newInstance().initialize();
    }

    @Inject
    void asks(@Channel("asks") KafkaRequestReply<byte[], byte[]> channel) {
        asks = channel;
    }

    /** Asks, and has the answer once it is there. */
    public Uni<byte[]> ask(byte[] value) {
        KafkaRequestReply<byte[], byte[]> channel = asks;
        if (channel == null) {
            throw new IllegalStateException("asks: must be injected first");
        }
        return channel.request(value);
    }

    @Incoming("answers-in")
    @Outgoing("answers-out")
    Message<byte[]> answer(Message<byte[]> request) {
        return request.withPayload(request.getPayload());
    }

    /** With what makes it fast: nothing waits for more, and no consumer sleeps. */
    private static Map<String, String> configuration(Map<String, String> broker) {
        Map<String, String> config = new java.util.HashMap<>();
        broker.forEach((key, value) -> config.put(ALL + key, value));
        config.put(ALL + "value.deserializer", bytes("Deserializer"));
        config.put(ALL + "value.serializer", bytes("Serializer"));
        config.put(ALL + "acks", "all");
        config.put(ALL + "linger.ms", "0");
        config.put(ALL + "poll-timeout", "20");
        config.put(ALL + "health-enabled", "false");
        config.put(ALL + "tracing-enabled", "false");
        config.put(IN + "connector", "smallrye-kafka");
        config.put(IN + "topic", REQUESTS);
        config.put(IN + "group.id", "bench-smallrye");
        config.put(IN + "auto.offset.reset", "earliest");
        config.put(OUT + "connector", "smallrye-kafka");
        config.put(OUT + "topic", REPLIES);
        config.put(ASK + "connector", "smallrye-kafka");
        config.put(ASK + "topic", REQUESTS);
        config.put(ASK + "reply.topic", REPLIES);
        config.put(ASK + "reply.partition", "0");
        config.put(ASK + "reply.timeout", "10000");
        config.put(ASK + "reply.poll-timeout", "20");
        return config;
    }

    private static String bytes(String what) {
        return "org.apache.kafka.common.serialization.ByteArray" + what;
    }
}
