package dev.keyturn.service.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.events.SessionForgotten;
import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.service.ReadingTest;
import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.send.Sender;
import dev.keyturn.service.threads.Threads;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** The order of an account's messages, in each of the ways in which outboxes lose it. */
@QuarkusTest
@QuarkusTestResource(ReadingTest.Stack.class)
class OutboxOrderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** So old that whoever sweeps takes it. */
    private static final Instant LONG_AGO = Instant.EPOCH;

    @Inject Database database;
    @Inject Outbox outbox;
    @Inject OutboxTable table;
    @Inject OutboxSender sender;
    @Inject Sender broker;
    @Inject Threads threads;

    /** One that skipped locked rows would send the eleventh before the tenth. */
    @Test
    void aRowThatSomebodyHoldsIsNotOvertaken() throws SQLException {
        UUID account = UUID.randomUUID();
        List<UUID> ids = ids(12);
        write(account, ids);
        try (Connection other = connection()) {
            other.setAutoCommit(false);
            hold(other, account);
            sender.wake(Set.of(account));
            awaitInOrder(account, ids);
            other.rollback();
        }
        awaitNothingLeft(account);
    }

    /** One that went on from the last id would miss what was committed after it. */
    @Test
    void aRowThatIsCommittedAfterALaterOneIsSentToo() throws InterruptedException {
        UUID slow = UUID.randomUUID();
        UUID fast = UUID.randomUUID();
        List<UUID> ids = ids(2);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        Thread first =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        database.run(
                                                tx -> {
                                                    add(tx, slow, ids.getFirst());
                                                    written.countDown();
                                                    hasCome(mayCommit);
                                                }));
        hasCome(written);
        database.run(tx -> add(tx, fast, ids.getLast()));
        awaitInOrder(fast, ids.subList(1, 2));
        mayCommit.countDown();
        first.join();
        awaitInOrder(slow, ids.subList(0, 1));
    }

    /** Two transactions of one account: the ids are in the order of the commits. */
    @Test
    void whoComesSecondForAnAccountWaitsForTheFirstToCommit() throws InterruptedException {
        UUID account = UUID.randomUUID();
        List<UUID> ids = ids(2);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Thread first =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        database.run(
                                                tx -> {
                                                    outbox.lock(tx, account);
                                                    locked.countDown();
                                                    hasCome(second);
                                                    add(tx, account, ids.getFirst());
                                                }));
        hasCome(locked);
        Thread other =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        database.run(
                                                tx -> {
                                                    second.countDown();
                                                    outbox.lock(tx, account);
                                                    add(tx, account, ids.getLast());
                                                }));
        first.join();
        other.join();
        awaitInOrder(account, ids);
    }

    /** Whoever sweeps while another still sends begins at the oldest row, too. */
    @Test
    void sendersAndSweepsSideBySideOnlyRepeat() throws InterruptedException {
        UUID account = UUID.randomUUID();
        List<UUID> ids = ids(150);
        write(account, ids);
        List<Thread> all =
                Stream.generate(this::anotherSender)
                        .limit(4)
                        .map(one -> Thread.ofVirtual().start(one::sweep))
                        .toList();
        sender.wake(Set.of(account));
        for (Thread one : all) {
            one.join();
        }
        awaitInOrder(account, ids);
        awaitNothingLeft(account);
    }

    /** As another instance of the service has one. */
    private OutboxSender anotherSender() {
        return new OutboxSender(
                database, table, broker, threads, Clock.systemUTC(), new SimpleMeterRegistry());
    }

    private static List<UUID> ids(int many) {
        return IntStream.range(0, many).mapToObj(_ -> UUID.randomUUID()).toList();
    }

    /** Writes rows without telling any sender. */
    private void write(UUID account, List<UUID> ids) {
        database.run(
                tx -> {
                    outbox.lock(tx, account);
                    table.add(
                            tx,
                            ids.stream()
                                    .map(id -> OutboxRow.of(account, record(account, id), LONG_AGO))
                                    .toList());
                });
    }

    private void add(Tx tx, UUID account, UUID id) {
        outbox.add(tx, account, record(account, id));
    }

    private static ProducerRecord<String, byte[]> record(UUID account, UUID id) {
        return Codec.encode(
                Topics.EVENTS,
                new SessionForgotten(
                        id, UUID.randomUUID(), account, Instant.now(), UUID.randomUUID()),
                Principal.WORKER,
                null);
    }

    private static Connection connection() throws SQLException {
        return Infrastructure.forTests().database(Principal.WORKER).connect();
    }

    /** Locks the account's oldest row. */
    private static void hold(Connection connection, UUID account) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select id from outbox where order_key = ? order by id limit 1"
                                + " for update")) {
            select.setObject(1, account);
            assertThat(select.executeQuery().next()).isTrue();
        }
    }

    private static void hasCome(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitNothingLeft(UUID account) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                database.<Boolean>tx(
                                        tx -> table.oldest(tx, List.of(account), 1).isEmpty()));
    }

    /** Repeats left out, the account's facts stand on the log in this order. */
    private static void awaitInOrder(UUID account, List<UUID> ids) {
        Map<String, Object> config =
                new HashMap<>(Infrastructure.forTests().kafkaConfig(Principal.HOME));
        List<UUID> seen = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all =
                    IntStream.range(0, Topics.EVENTS.partitions())
                            .mapToObj(i -> new TopicPartition(Topics.EVENTS.name(), i))
                            .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                consumer.poll(Duration.ofMillis(100))
                                        .forEach(
                                                r -> {
                                                    if (Codec.decode(
                                                                            Topics.EVENTS,
                                                                            r.headers(),
                                                                            r.value())
                                                                    instanceof Decoded.Known known
                                                            && known.message()
                                                                    instanceof SessionForgotten f
                                                            && f.accountId().equals(account)) {
                                                        seen.add(f.eventId());
                                                    }
                                                });
                                assertThat(seen.stream().distinct()).containsExactlyElementsOf(ids);
                            });
        }
    }
}
