package dev.keyturn.benchmark;

import dev.keyturn.local.infra.DatabaseLogin;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Two hops over the broker with plain clients; if there is a database, with what the design demands
 * between them: one commit, then a record that is acknowledged.
 */
final class Floor implements Way, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /** About as large as a submitted code. */
    private static final byte[] VALUE = new byte[1_000];

    private final String name;
    private final Map<String, String> broker;
    private final @Nullable DatabaseLogin database;
    private final KafkaProducer<String, byte[]> requests;
    private final List<KafkaConsumer<String, byte[]>> consumers;
    private final List<Thread> threads;
    private final Arrivals arrivals = new Arrivals();

    /**
     * @param name of the way, and of its topics, which are there
     */
    Floor(String name, Map<String, String> broker, @Nullable DatabaseLogin database) {
        this.name = name;
        this.broker = broker;
        this.database = database;
        this.requests = producer();
        KafkaConsumer<String, byte[]> there = consumer(topics(name).getFirst());
        KafkaConsumer<String, byte[]> here = consumer(topics(name).get(1));
        this.consumers = List.of(there, here);
        this.threads =
                List.of(
                        Thread.ofPlatform().name(name + "-there").start(() -> answer(there)),
                        Thread.ofPlatform().name(name + "-here").start(() -> receive(here)));
    }

    /** Requests, replies and facts. */
    static List<String> topics(String name) {
        return List.of(
                "bench." + name + ".requests",
                "bench." + name + ".replies",
                "bench." + name + ".facts");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void begin() {
        String id = UUID.randomUUID().toString();
        arrivals.begin(id);
        var _ = requests.send(new ProducerRecord<>(topics(name).getFirst(), id, VALUE));
    }

    @Override
    public List<Double> took() {
        return arrivals.took();
    }

    private void answer(KafkaConsumer<String, byte[]> consumer) {
        try (KafkaProducer<String, byte[]> replies = producer();
                Decisions decisions = Decisions.of(database)) {
            poll(
                    consumer,
                    request -> {
                        if (decisions != null) {
                            decisions.commit(request.key(), request.value());
                            send(replies, topics(name).get(2), request.key());
                        }
                        var _ =
                                replies.send(
                                        new ProducerRecord<>(
                                                topics(name).get(1), request.key(), VALUE));
                    });
        } catch (SQLException e) {
            throw new IllegalStateException(name + ": the database does not do its part", e);
        }
    }

    private void receive(KafkaConsumer<String, byte[]> consumer) {
        try {
            poll(consumer, reply -> arrivals.arrive(reply.key()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface OnRecord {
        void take(ConsumerRecord<String, byte[]> record) throws SQLException;
    }

    private static void poll(KafkaConsumer<String, byte[]> consumer, OnRecord onRecord)
            throws SQLException {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    onRecord.take(record);
                }
            }
        } catch (WakeupException | InterruptException _) {
            // the end
        }
    }

    private static void send(KafkaProducer<String, byte[]> producer, String topic, String key) {
        try {
            var _ = producer.send(new ProducerRecord<>(topic, key, VALUE)).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(topic + ": a record was not acknowledged", e);
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        Map<String, Object> config = new HashMap<>(broker);
        config.put("acks", "all");
        config.put("linger.ms", "0");
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<String, byte[]> consumer(String topic) {
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        new HashMap<>(broker),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }

    @Override
    public void close() {
        consumers.forEach(KafkaConsumer::wakeup);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        requests.close(Duration.ZERO);
    }

    /** What is decided once: a row for each request. */
    private record Decisions(Connection connection, PreparedStatement insert)
            implements AutoCloseable {

        static @Nullable Decisions of(@Nullable DatabaseLogin login) throws SQLException {
            if (login == null) {
                return null;
            }
            Connection connection =
                    DriverManager.getConnection(login.url(), login.user(), login.password());
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "create table if not exists public.bench_decision (id text primary key,"
                                + " value bytea not null)");
            }
            connection.setAutoCommit(false);
            return new Decisions(
                    connection,
                    connection.prepareStatement(
                            "insert into public.bench_decision (id, value) values (?, ?)"));
        }

        void commit(String id, byte[] value) throws SQLException {
            insert.setString(1, id);
            insert.setBytes(2, value);
            int _ = insert.executeUpdate();
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            insert.close();
            connection.close();
        }
    }
}
