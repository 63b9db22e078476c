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

/** Home and worker as seen from twofa-service: what they send, and all that is on the topics. */
final class Wire implements AutoCloseable {

    /** A record, and what it is. */
    record Seen(ConsumerRecord<String, byte[]> record, Message message) {}

    private final KafkaProducer<String, byte[]> worker = producer(Principal.WORKER);
    private final KafkaProducer<String, byte[]> home = producer(Principal.HOME);
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> letters = new CopyOnWriteArrayList<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
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
        }
        consumer.close();
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

    /** What was answered to a correlation id, in order. */
    List<Seen> repliesTo(UUID correlation) {
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
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> repliesTo(correlation).size() >= number);
        return repliesTo(correlation).get(number - 1);
    }

    /** The facts about a challenge's account, in order. */
    List<Seen> facts(UUID account) {
        return seen.stream()
                .filter(
                        s ->
                                s.message() instanceof ConnectorEvent e
                                        && e.accountId().equals(account))
                .toList();
    }

    /** The commands about a challenge, in order. */
    List<ChallengeCommand> commands(UUID challenge) {
        return seen.stream()
                .map(Seen::message)
                .filter(ChallengeCommand.class::isInstance)
                .map(ChallengeCommand.class::cast)
                .filter(c -> c.challengeId().equals(challenge))
                .toList();
    }

    ConsumerRecord<String, byte[]> awaitLetter(String key) {
        await().atMost(Duration.ofSeconds(20))
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
    }
}
