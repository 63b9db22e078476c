package dev.keyturn.worker.testing;

import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.CloseChallenge;
import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.commands.RunCommand;
import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.events.RunFact;
import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.replies.Reply;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Message;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.ReplyAddress;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Home and twofa-service as the worker sees them. */
public final class Others {

    /** A command that a worker sent, and where it waits for the reply. */
    public record Asked(ChallengeCommand command, @Nullable ReplyAddress replyTo) {}

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaProducer<String, byte[]> home;
    private final KafkaProducer<String, byte[]> twofa;
    private final List<Message> log = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<byte[]> raw = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;
    private volatile boolean closed;

    public Others(Infrastructure infrastructure) {
        home = producer(infrastructure.kafkaConfig(Principal.HOME));
        twofa = producer(infrastructure.kafkaConfig(Principal.TWOFA));
        readers =
                List.of(
                        read(
                                infrastructure.kafkaConfig(Principal.HOME),
                                Topics.EVENTS,
                                known -> log.add(known.message())),
                        read(
                                infrastructure.kafkaConfig(Principal.TWOFA),
                                Topics.CHALLENGES,
                                known ->
                                        asked.add(
                                                new Asked(
                                                        (ChallengeCommand) known.message(),
                                                        known.replyTo()))));
    }

    /** A client's configuration as the worker's own, for reading everything. */
    private static KafkaProducer<String, byte[]> producer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private Thread read(
            Map<String, Object> config,
            Topic topic,
            java.util.function.Consumer<Decoded.Known> taker) {
        return Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            Map<String, Object> all = new HashMap<>(config);
                            all.put("enable.auto.commit", "false");
                            try (KafkaConsumer<String, byte[]> consumer =
                                    new KafkaConsumer<>(
                                            all,
                                            new StringDeserializer(),
                                            new ByteArrayDeserializer())) {
                                List<TopicPartition> partitions =
                                        IntStream.range(0, topic.partitions())
                                                .mapToObj(p -> new TopicPartition(topic.name(), p))
                                                .toList();
                                consumer.assign(partitions);
                                consumer.seekToBeginning(partitions);
                                while (!closed) {
                                    consumer.poll(Duration.ofMillis(50))
                                            .forEach(record -> take(topic, record, taker));
                                }
                            }
                        });
    }

    private void take(
            Topic topic,
            ConsumerRecord<String, byte[]> record,
            java.util.function.Consumer<Decoded.Known> taker) {
        raw.add(record.value());
        if (Codec.decode(topic, record.headers(), record.value()) instanceof Decoded.Known known) {
            taker.accept(known);
        }
    }

    /** Home writes a command. */
    public void send(RunCommand command) {
        send(home, Codec.encode(Topics.RUNS, command, Principal.HOME, null));
    }

    /** twofa-service replies. */
    public void reply(Asked to, Reply reply) {
        send(
                twofa,
                Codec.encodeReply(
                        reply, Principal.TWOFA, null, Objects.requireNonNull(to.replyTo())));
    }

    private static void send(
            KafkaProducer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All bytes that were read so far. */
    public List<byte[]> raw() {
        return raw;
    }

    /** The facts of an account, in the log's order. */
    public List<ConnectorEvent> facts(UUID accountId) {
        return log.stream()
                .map(ConnectorEvent.class::cast)
                .filter(fact -> fact.accountId().equals(accountId))
                .toList();
    }

    /** The names of the facts of a run, in the log's order. */
    public List<String> names(UUID runId) {
        return log.stream()
                .filter(m -> m instanceof RunFact fact && runId.equals(fact.runId()))
                .map(Message::typeName)
                .toList();
    }

    /** The n-th fact of a kind of an account, as soon as it is there. */
    public <T extends ConnectorEvent> T fact(UUID accountId, Class<T> type, int number) {
        return await().atMost(PATIENCE)
                .until(() -> of(accountId, type).skip(number).findFirst(), o -> o.isPresent())
                .orElseThrow();
    }

    public <T extends ConnectorEvent> T fact(UUID accountId, Class<T> type) {
        return fact(accountId, type, 0);
    }

    public <T extends ConnectorEvent> Stream<T> of(UUID accountId, Class<T> type) {
        return facts(accountId).stream().filter(type::isInstance).map(type::cast);
    }

    /** The n-th time that a run of the account asked. */
    public Asked asked(UUID accountId, int number) {
        return await().atMost(PATIENCE)
                .until(() -> openings(accountId).skip(number).findFirst(), o -> o.isPresent())
                .orElseThrow();
    }

    public Stream<Asked> openings(UUID accountId) {
        return asked.stream()
                .filter(a -> a.command() instanceof OpenChallenge)
                .filter(a -> a.command().accountId().equals(accountId));
    }

    /** What was said of the account's challenges, in the topic's order. */
    public List<String> said(UUID accountId) {
        return asked.stream()
                .map(Asked::command)
                .filter(c -> c.accountId().equals(accountId))
                .map(c -> c.typeName() + " " + c.challengeId())
                .toList();
    }

    public Stream<CloseChallenge> closings(UUID accountId) {
        return asked.stream()
                .filter(a -> a.command().accountId().equals(accountId))
                .flatMap(a -> a.command() instanceof CloseChallenge c ? Stream.of(c) : Stream.of());
    }

    /** Ends the readers. */
    public void close() throws InterruptedException {
        closed = true;
        for (Thread reader : readers) {
            reader.join();
        }
        home.close();
        twofa.close();
    }
}
