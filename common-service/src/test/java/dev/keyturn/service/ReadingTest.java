package dev.keyturn.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.CancelRun;
import dev.keyturn.events.SessionForgotten;
import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.replies.Cancelled;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.service.reading.DeadLetters;
import dev.keyturn.service.reading.Positions;
import dev.keyturn.service.reading.Reader;
import dev.keyturn.service.reading.Received;
import dev.keyturn.service.reply.PendingReplies;
import dev.keyturn.service.reply.ReplyHealth;
import dev.keyturn.service.reply.Waiter;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.ReplyAddress;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;

/** What every service stands on, against a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(ReadingTest.Stack.class)
public class ReadingTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456Z");

    public static final class Stack implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            return Infrastructure.forTests().serviceConfig("worker");
        }

        @Override
        public void stop() {}
    }

    /** A reader that fails as often as it is told. */
    @ApplicationScoped
    public static class Inbox {
        @Inject Reader reader;
        private final AtomicInteger failures = new AtomicInteger();

        void failNext(int times) {
            failures.set(times);
        }

        @Incoming("runs-in")
        Uni<Void> read(ConsumerRecords<String, byte[]> batch) {
            return reader.read(
                    Topics.RUNS,
                    batch,
                    (tx, messages) -> {
                        for (Received m : messages) {
                            tx.update(
                                    "insert into seen (command_id, account_id) values ($1, $2)",
                                    m.message().messageId(),
                                    UUID.fromString(m.message().key()));
                        }
                        if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                            throw new IllegalStateException("not now");
                        }
                    });
        }
    }

    @Inject Database database;
    @Inject Positions positions;
    @Inject Outbox outbox;
    @Inject Inbox inbox;
    @Inject PendingReplies pending;
    @Inject ReplyHealth replyHealth;
    @Inject KafkaClientService clients;
    @Inject MeterRegistry metrics;

    @Test
    void aBatchIsAppliedOnceAndInOrderAlthoughItFailedBefore() {
        UUID account = UUID.randomUUID();
        inbox.failNext(3);
        List<UUID> sent = sendForgets(account, 50);
        awaitSeen(account, sent);
    }

    @Test
    void whatCannotBeDecodedIsADeadLetterAndTheReaderGoesOn() {
        UUID account = UUID.randomUUID();
        try (KafkaProducer<String, byte[]> producer = producer(Principal.HOME)) {
            send(
                    producer,
                    new ProducerRecord<>(Topics.RUNS.name(), account.toString(), new byte[] {7}));
        }
        List<UUID> sent = sendForgets(account, 1);
        awaitSeen(account, sent);
        ConsumerRecord<String, byte[]> letter = lastOf(Topics.RUNS.deadLetters(), account);
        assertThat(letter.value()).containsExactly(7);
        assertThat(
                        new String(
                                letter.headers().lastHeader(DeadLetters.REASON).value(),
                                StandardCharsets.UTF_8))
                .isEqualTo("headers: must be a CloudEvent 1.0 in binary mode");
    }

    @Test
    void whatALaterVersionWritesIsSkippedAndCountedAndTheReaderGoesOn() {
        UUID account = UUID.randomUUID();
        double before = count("keyturn.records.unknown", "topic", Topics.RUNS.name());
        double letters = count("keyturn.dead.letters", "topic", Topics.RUNS.name());
        CancelRun known =
                new CancelRun(
                        UUID.randomUUID(), UUID.randomUUID(), account, NOW, UUID.randomUUID());
        ProducerRecord<String, byte[]> unknown =
                Codec.encode(Topics.RUNS, known, Principal.HOME, null);
        unknown.headers().remove("ce_type");
        unknown.headers().add("ce_type", "RunOfNextYear".getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<String, byte[]> producer = producer(Principal.HOME)) {
            send(producer, unknown);
        }
        awaitSeen(account, sendForgets(account, 2));
        assertThat(count("keyturn.records.unknown", "topic", Topics.RUNS.name()))
                .isEqualTo(before + 1);
        assertThat(count("keyturn.dead.letters", "topic", Topics.RUNS.name())).isEqualTo(letters);
    }

    /** What is as old as the topic was applied long ago, and is so still where nobody knows. */
    @Test
    void aTopicThatIsReadAgainFromItsStartIsNotAppliedAgain() {
        UUID account = UUID.randomUUID();
        List<UUID> sent = sendForgets(account, 5);
        awaitSeen(account, sent);
        clients.getConsumer("runs-in")
                .runOnPollingThread(
                        c -> {
                            c.seekToBeginning(c.assignment());
                        })
                .await()
                .atMost(Duration.ofSeconds(20));
        List<UUID> all = new ArrayList<>(sent);
        all.addAll(sendForgets(account, 1));
        awaitSeen(account, all);
    }

    /**
     * Each of these is a default that loses or delays: {@code latest} after an outage of a week, 45
     * s until a dead member's partitions move, three until those of one that left do, an outage
     * taken for a stuck reader, half a minute behind a partition that does not exist.
     */
    @Test
    void channelsAreSetForLongOutagesAndShortAbsences() {
        Map.of(
                        "connector.smallrye-kafka.auto.offset.reset", "earliest",
                        "connector.smallrye-kafka.session.timeout.ms", "10000",
                        "connector.smallrye-kafka.heartbeat.interval.ms", "500",
                        "connector.smallrye-kafka.commit-strategy", "ignore",
                        "outgoing.records-out.acks", "all",
                        "outgoing.records-out.enable.idempotence", "true",
                        "outgoing.records-out.delivery.timeout.ms", "5000",
                        "outgoing.records-out.max.block.ms", "5000")
                .forEach(
                        (name, value) ->
                                assertThat(
                                                ConfigProvider.getConfig()
                                                        .getValue(
                                                                "mp.messaging." + name,
                                                                String.class))
                                        .as(name)
                                        .isEqualTo(value));
    }

    @Test
    void aPositionThatWasMovedMeanwhileIsNotMovedAgain() {
        database.run(tx -> positions.set(tx, "some.topic", 1, 10));
        assertThat(
                        database.<Boolean>tx(
                                tx -> {
                                    try {
                                        positions.move(tx, "some.topic", 1, 9, 11);
                                        return false;
                                    } catch (Positions.Moved _) {
                                        return true;
                                    }
                                }))
                .isTrue();
        assertThat(
                        database.<Map<Integer, Long>>tx(
                                tx -> positions.load(tx, "some.topic", Set.of(1))))
                .isEqualTo(Map.of(1, 10L));
    }

    @Test
    void theOutboxSendsAnAccountsRowsInTheOrderOfTheirTransactions() {
        UUID account = UUID.randomUUID();
        List<UUID> ids = IntStream.range(0, 40).mapToObj(_ -> UUID.randomUUID()).toList();
        for (UUID id : ids) {
            database.run(
                    tx -> {
                        outbox.lock(tx, account);
                        outbox.add(
                                tx,
                                account,
                                Codec.encode(
                                        Topics.EVENTS,
                                        forgotten(id, account),
                                        Principal.WORKER,
                                        null));
                    });
        }
        List<UUID> seen = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer(Principal.HOME)) {
            assign(consumer, Topics.EVENTS);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> {
                                consumer.poll(Duration.ofMillis(200))
                                        .forEach(r -> collect(r, account, seen));
                                assertThat(seen.stream().distinct()).containsExactlyElementsOf(ids);
                            });
        }
        await().untilAsserted(
                        () ->
                                assertThat(
                                                database.<Long>tx(
                                                        tx ->
                                                                tx.first(
                                                                                "select count(*) as"
                                                                                    + " n from"
                                                                                    + " outbox"
                                                                                    + " where"
                                                                                    + " order_key ="
                                                                                    + " $1",
                                                                                account)
                                                                        .orElseThrow()
                                                                        .getLong("n")))
                                        .isZero());
    }

    /** As a process that is stopped, or whose line carries nothing any more. */
    @Test
    void whoStandsStillInsideATransactionLosesItAndItsLocks() {
        UUID account = UUID.randomUUID();
        assertThatException()
                .isThrownBy(
                        () ->
                                database.run(
                                        tx -> {
                                            outbox.lock(tx, account);
                                            awaitLockOf(account);
                                            tx.query("select 1");
                                        }));
    }

    private void awaitLockOf(UUID account) {
        Thread other = Thread.ofVirtual().start(() -> database.run(tx -> outbox.lock(tx, account)));
        try {
            assertThat(other.join(Duration.ofSeconds(60))).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRolledBackTransactionSendsNothingAndKeepsNothing() {
        UUID account = UUID.randomUUID();
        try {
            database.run(
                    tx -> {
                        outbox.add(
                                tx,
                                account,
                                Codec.encode(
                                        Topics.EVENTS,
                                        forgotten(UUID.randomUUID(), account),
                                        Principal.WORKER,
                                        null));
                        throw new IllegalStateException("no");
                    });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("no");
        }
        assertThat(
                        database.<Long>tx(
                                tx ->
                                        tx.first(
                                                        "select count(*) as n from outbox where"
                                                                + " order_key = $1",
                                                        account)
                                                .orElseThrow()
                                                .getLong("n")))
                .isZero();
    }

    /** Whoever asks has registered before: so an answer is never faster than who waits for it. */
    @Test
    void aReplyThatComesBeforeAnybodyLooksForItIsKept() throws Exception {
        await().until(() -> replyHealth.isPositioned().await().atMost(Duration.ofSeconds(5)));
        UUID challenge = UUID.randomUUID();
        UUID marker = UUID.randomUUID();
        try (Waiter waiter = pending.register(challenge.toString());
                Waiter behind = pending.register(marker.toString());
                KafkaProducer<String, byte[]> producer = producer(Principal.TWOFA)) {
            Cancelled reply = new Cancelled(UUID.randomUUID(), challenge, NOW);
            for (UUID asked : List.of(challenge, marker)) {
                ReplyAddress mine = pending.address(asked.toString());
                send(producer, Codec.encodeReply(reply, Principal.TWOFA, null, mine));
            }
            // One partition: what stands before the marker has been read as well.
            assertThat(behind.next(Duration.ofSeconds(60))).isEqualTo(reply);
            assertThat(waiter.next(Duration.ZERO)).isEqualTo(reply);
        }
    }

    @Test
    void aReplyThatNobodyWaitsForIsCountedByItsCause() {
        await().until(() -> replyHealth.isPositioned().await().atMost(Duration.ofSeconds(5)));
        UUID challenge = UUID.randomUUID();
        Waiter gone = pending.register(challenge.toString());
        gone.close();
        Cancelled reply = new Cancelled(UUID.randomUUID(), challenge, NOW);
        ReplyAddress late = pending.address(challenge.toString());
        ReplyAddress foreign = new ReplyAddress(late.partition(), "of another instance");
        Map<String, Double> before = new HashMap<>();
        for (String why : List.of("late", "foreign", "is-a-request")) {
            before.put(why, count("keyturn.replies.skipped", "why", why));
        }
        try (KafkaProducer<String, byte[]> producer = producer(Principal.TWOFA)) {
            send(producer, Codec.encodeReply(reply, Principal.TWOFA, null, late));
            send(producer, Codec.encodeReply(reply, Principal.TWOFA, null, foreign));
            ProducerRecord<String, byte[]> asks =
                    Codec.encodeReply(reply, Principal.TWOFA, null, late);
            asks.headers()
                    .add(
                            ReplyAddress.TOPIC,
                            Topics.REPLIES.name().getBytes(StandardCharsets.UTF_8));
            send(producer, asks);
        }
        before.forEach(
                (why, count) ->
                        await().atMost(Duration.ofSeconds(60))
                                .until(() -> count("keyturn.replies.skipped", "why", why) > count));
    }

    @Test
    void aReplyReachesItsWaiterAndNobodyElse() throws Exception {
        await().until(() -> replyHealth.isPositioned().await().atMost(Duration.ofSeconds(5)));
        UUID challenge = UUID.randomUUID();
        try (Waiter waiter = pending.register(challenge.toString());
                Waiter other = pending.register(UUID.randomUUID().toString());
                KafkaProducer<String, byte[]> producer = producer(Principal.TWOFA)) {
            Cancelled reply = new Cancelled(UUID.randomUUID(), challenge, NOW);
            ReplyAddress mine = pending.address(challenge.toString());
            send(
                    producer,
                    Codec.encodeReply(
                            reply,
                            Principal.TWOFA,
                            null,
                            new ReplyAddress(mine.partition(), "foreign")));
            send(producer, Codec.encodeReply(reply, Principal.TWOFA, null, mine));
            assertThat(waiter.next(Duration.ofSeconds(60))).isEqualTo(reply);
            assertThat(other.next(Duration.ofMillis(1))).isNull();
        }
    }

    @Test
    void aReplyConsumerThatIsPositionedAnewIsNoticed() {
        await().until(() -> replyHealth.isPositioned().await().atMost(Duration.ofSeconds(5)));
        TopicPartition mine =
                new TopicPartition(Topics.REPLIES.name(), pending.address("any").partition());
        try (KafkaProducer<String, byte[]> producer = producer(Principal.TWOFA)) {
            Cancelled reply = new Cancelled(UUID.randomUUID(), UUID.randomUUID(), NOW);
            ReplyAddress foreign = new ReplyAddress(mine.partition(), "foreign");
            send(producer, Codec.encodeReply(reply, Principal.TWOFA, null, foreign));
        }
        int gaps = pending.gaps();
        var consumer = clients.getConsumer("replies-in");
        var _ =
                consumer.runOnPollingThread(
                                c -> {
                                    c.seek(mine, 0);
                                    return true;
                                })
                        .await()
                        .atMost(Duration.ofSeconds(20));
        await().atMost(Duration.ofSeconds(60)).until(() -> pending.gaps() > gaps);
    }

    private double count(String name, String... tags) {
        return metrics.find(name).tags(tags).counters().stream().mapToDouble(Counter::count).sum();
    }

    private void awaitSeen(UUID account, List<UUID> sent) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(
                                                database.<List<UUID>>tx(
                                                        tx ->
                                                                tx
                                                                        .list(
                                                                                "select command_id"
                                                                                    + " from seen"
                                                                                    + " where"
                                                                                    + " account_id"
                                                                                    + " = $1 order"
                                                                                    + " by id",
                                                                                account)
                                                                        .stream()
                                                                        .map(
                                                                                r ->
                                                                                        r.getUUID(
                                                                                                "command_id"))
                                                                        .toList()))
                                        .containsExactlyElementsOf(sent));
    }

    private static List<UUID> sendForgets(UUID account, int count) {
        try (KafkaProducer<String, byte[]> producer = producer(Principal.HOME)) {
            List<UUID> ids =
                    Stream.generate(UUID::randomUUID)
                            .limit(count)
                            .peek(
                                    id ->
                                            send(
                                                    producer,
                                                    Codec.encode(
                                                            Topics.RUNS,
                                                            new CancelRun(
                                                                    id,
                                                                    UUID.randomUUID(),
                                                                    account,
                                                                    NOW,
                                                                    UUID.randomUUID()),
                                                            Principal.HOME,
                                                            null)))
                            .toList();
            return ids;
        }
    }

    private static void send(
            KafkaProducer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        try {
            assertThat(producer.send(record).get()).isNotNull();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SessionForgotten forgotten(UUID id, UUID account) {
        return new SessionForgotten(id, UUID.randomUUID(), account, NOW, UUID.randomUUID());
    }

    private static void collect(ConsumerRecord<String, byte[]> r, UUID account, List<UUID> seen) {
        if (Codec.decode(Topics.EVENTS, r.headers(), r.value()) instanceof Decoded.Known known
                && known.message() instanceof SessionForgotten fact
                && fact.accountId().equals(account)) {
            seen.add(fact.eventId());
        }
    }

    private static ConsumerRecord<String, byte[]> lastOf(String topic, UUID account) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(withSerde(Infrastructure.forTests().kafkaAdminConfig()))) {
            TopicPartition only = new TopicPartition(topic, 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                consumer.poll(Duration.ofMillis(200))
                                        .forEach(
                                                r -> {
                                                    if (account.toString().equals(r.key())) {
                                                        found.add(r);
                                                    }
                                                });
                                return !found.isEmpty();
                            });
        }
        return found.getLast();
    }

    private static void assign(KafkaConsumer<String, byte[]> consumer, Topic topic) {
        List<TopicPartition> all =
                IntStream.range(0, topic.partitions())
                        .mapToObj(i -> new TopicPartition(topic.name(), i))
                        .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    private static KafkaConsumer<String, byte[]> consumer(Principal principal) {
        return new KafkaConsumer<>(withSerde(Infrastructure.forTests().kafkaConfig(principal)));
    }

    private static KafkaProducer<String, byte[]> producer(Principal principal) {
        return new KafkaProducer<>(withSerde(Infrastructure.forTests().kafkaConfig(principal)));
    }

    private static Map<String, Object> withSerde(Map<String, Object> config) {
        Map<String, Object> all = new HashMap<>(config);
        all.put("key.serializer", StringSerializer.class);
        all.put("value.serializer", ByteArraySerializer.class);
        all.put("key.deserializer", StringDeserializer.class);
        all.put("value.deserializer", ByteArrayDeserializer.class);
        return all;
    }
}
