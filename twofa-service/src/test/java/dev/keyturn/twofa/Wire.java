package dev.keyturn.twofa;

import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.events.ConnectorEvent;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
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

/** Home and worker as seen from twofa-service: what they send, and all that is on the topics. */
final class Wire implements AutoCloseable {

    /** A record, and what it is. */
    record Seen(ConsumerRecord<String, byte[]> record, Message message) {}

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaProducer<String, byte[]> worker = producer(Principal.WORKER);
    private final KafkaProducer<String, byte[]> home = producer(Principal.HOME);
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> letters = new CopyOnWriteArrayList<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final Map<TopicPartition, Long> read = new ConcurrentHashMap<>();
    private final Admin admin = Admin.create(Infrastructure.forTests().kafkaAdminConfig());
    private volatile boolean closed;

    Wire() {
        Map<String, Object> config = new HashMap<>(Infrastructure.forTests().kafkaAdminConfig());
        config.put("enable.auto.commit", "false");
        consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all =
                Stream.of(Topics.EVENTS, Topics.REPLIES, Topics.CHALLENGES)
                        .flatMap(
                                t ->
                                        IntStream.range(0, t.partitions())
                                                .mapToObj(p -> new TopicPartition(t.name(), p)))
                        .toList();
        List<TopicPartition> withLetters =
                Stream.concat(
                                all.stream(),
                                Stream.of(new TopicPartition(Topics.CHALLENGES.deadLetters(), 0)))
                        .toList();
        consumer.assign(withLetters);
        consumer.seekToEnd(withLetters);
        withLetters.forEach(consumer::position);
        thread = Thread.ofPlatform().daemon().name("wire").start(this::poll);
    }

    private static KafkaProducer<String, byte[]> producer(Principal principal) {
        Map<String, Object> config =
                new HashMap<>(Infrastructure.forTests().kafkaConfig(principal));
        config.put("acks", "all");
        config.put("linger.ms", 0);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private void poll() {
        while (!closed) {
            consumer.poll(Duration.ofMillis(20)).forEach(this::keep);
            consumer.assignment().forEach(p -> read.put(p, consumer.position(p)));
        }
        consumer.close();
    }

    // Topics are read side by side: a reply may be seen before the fact that was written before it.
    private void awaitReadThrough(Topic topic) {
        Map<TopicPartition, OffsetSpec> latest =
                IntStream.range(0, topic.partitions())
                        .mapToObj(p -> new TopicPartition(topic.name(), p))
                        .collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest()));
        try {
            Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(
                            () ->
                                    ends.entrySet().stream()
                                            .allMatch(
                                                    end ->
                                                            read.getOrDefault(end.getKey(), 0L)
                                                                    >= end.getValue().offset()));
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The broker must tell the ends of " + topic.name(), e);
        }
    }

    private void keep(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topics.CHALLENGES.deadLetters())) {
            letters.add(record);
            return;
        }
        Topic topic =
                Topics.all().stream()
                        .filter(t -> t.name().equals(record.topic()))
                        .findFirst()
                        .orElseThrow();
        if (Codec.decode(topic, record.headers(), record.value()) instanceof Decoded.Known known) {
            seen.add(new Seen(record, known.message()));
        }
    }

    /** Sends as a worker does, to be answered at a partition. */
    void fromWorker(ChallengeCommand command, int partition) {
        ReplyAddress address = new ReplyAddress(partition, command.challengeId().toString());
        send(
                worker,
                Codec.encodeRequest(Topics.CHALLENGES, command, Principal.WORKER, null, address));
    }

    /** Sends as home does, to be answered at a partition under the id. */
    void fromHome(ChallengeCommand command, UUID correlation, @Nullable String traceparent) {
        ReplyAddress address = new ReplyAddress(3, correlation.toString());
        send(
                home,
                Codec.encodeRequest(
                        Topics.CHALLENGES, command, Principal.HOME, traceparent, address));
    }

    void fromHome(ProducerRecord<String, byte[]> record) {
        send(home, record);
    }

    private static void send(
            KafkaProducer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        try {
            var _ = producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The broker must take " + record.topic(), e);
        }
    }

    /** What is answered to a correlation id until now, in order. */
    List<Seen> repliesTo(UUID correlation) {
        awaitReadThrough(Topics.REPLIES);
        return seenRepliesTo(correlation);
    }

    private List<Seen> seenRepliesTo(UUID correlation) {
        return seen.stream()
                .filter(s -> s.message() instanceof Reply)
                .filter(
                        s ->
                                correlation
                                        .toString()
                                        .equals(ReplyAddress.correlationId(s.record().headers())))
                .toList();
    }

    Seen awaitReply(UUID correlation, int number) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> seenRepliesTo(correlation).size() >= number);
        return seenRepliesTo(correlation).get(number - 1);
    }

    /** The facts about a challenge's account that are on the log now, in order. */
    List<Seen> facts(UUID account) {
        awaitReadThrough(Topics.EVENTS);
        return seen.stream()
                .filter(
                        s ->
                                s.message() instanceof ConnectorEvent e
                                        && e.accountId().equals(account))
                .toList();
    }

    /** The commands about a challenge, in order. */
    List<ChallengeCommand> commands(UUID challenge) {
        awaitReadThrough(Topics.CHALLENGES);
        return seen.stream()
                .map(Seen::message)
                .filter(ChallengeCommand.class::isInstance)
                .map(ChallengeCommand.class::cast)
                .filter(c -> c.challengeId().equals(challenge))
                .toList();
    }

    ConsumerRecord<String, byte[]> awaitLetter(String key) {
        await().atMost(PATIENCE)
                .until(() -> letters.stream().anyMatch(l -> Objects.equals(l.key(), key)));
        return letters.stream().filter(l -> Objects.equals(l.key(), key)).findFirst().orElseThrow();
    }

    List<ConsumerRecord<String, byte[]>> letters() {
        return letters;
    }

    @Override
    public void close() {
        closed = true;
        await().until(() -> !thread.isAlive());
        worker.close();
        home.close();
        admin.close();
    }
}
