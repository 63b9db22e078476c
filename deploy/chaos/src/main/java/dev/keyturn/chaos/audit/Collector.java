package dev.keyturn.chaos.audit;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyturn.chaos.audit.Evidence.SiteEntry;
import dev.keyturn.chaos.person.Ledger;
import dev.keyturn.chaos.stack.Stack;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.local.api.Unreachable;
import dev.keyturn.local.infra.KafkaAccess;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Json;
import dev.keyturn.wire.Message;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads topics from their start, tables, the site's log and Home's API. */
public final class Collector {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What must be gone in the end, and how many there are of it. */
    private static final Map<String, String> LEFT_OVER =
            Map.of(
                    "messages in Home's outbox", "select count(*) from home.outbox",
                    "messages in twofa-service's outbox", "select count(*) from twofa.outbox",
                    "messages in the workers' outbox", "select count(*) from worker.outbox",
                    "challenges that are open",
                            "select count(*) from twofa.challenge where state = 'OPEN'",
                    "challenges that Home shows",
                            "select count(*) from home.challenge where state <> 'ENDED'",
                    "accounts with an open run", "select count(*) from home.open_run",
                    "runs that have not ended",
                            "select count(*) from home.run where ended_at is null",
                    "challenge keys of runs that have ended",
                            """
                            select count(*) from worker.checkpoint c join worker.run r using (run_id)
                            where r.state = 'ENDED' and c.private_key is not null\
                            """,
                    "credentials that nobody answered for",
                            "select count(*) from home.credentials where sealed is not null");

    private final Stack stack;

    public Collector(Stack stack) {
        this.stack = stack;
    }

    /** How many rows there are of each thing that must go by itself; empty once all have gone. */
    public Map<String, Long> left() {
        return database(Collector::left);
    }

    public Evidence collect(Ledger ledger) {
        List<String> unreadable = new ArrayList<>();
        Map<UUID, Instant> sent = new HashMap<>();
        List<ConnectorEvent> log = read(Topics.EVENTS, ConnectorEvent.class, sent, unreadable);
        List<ChallengeCommand> commands =
                read(Topics.CHALLENGES, ChallengeCommand.class, sent, unreadable);
        List<Ledger.RunOfPerson> runs = ledger.runs();
        return new Evidence(
                log,
                commands,
                sent,
                unreadable,
                deadLetters(),
                stack.deaths(),
                site(),
                runs,
                ledger.submissions(),
                shown(runs),
                database(Collector::tables));
    }

    /** The topic from its start, each partition in its order. */
    private <T extends Message> List<T> read(
            Topic topic, Class<T> wanted, Map<UUID, Instant> sent, List<String> unreadable) {
        List<T> messages = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(topic.name(), topic.partitions());
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    Decoded decoded = Codec.decode(topic, record.headers(), record.value());
                    if (!(decoded instanceof Decoded.Known known)) {
                        unreadable.add(
                                "%s-%d@%d: %s"
                                        .formatted(
                                                record.topic(),
                                                record.partition(),
                                                record.offset(),
                                                decoded));
                    } else if (wanted.isInstance(known.message())) {
                        messages.add(wanted.cast(known.message()));
                        sent.putIfAbsent(
                                known.message().messageId(),
                                Instant.ofEpochMilli(record.timestamp()));
                    }
                }
            }
        }
        return messages;
    }

    private Map<String, Long> deadLetters() {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            return Topics.all().stream()
                    .map(Topic::deadLetters)
                    .collect(
                            Collectors.toMap(
                                    name -> name,
                                    name ->
                                            consumer
                                                    .endOffsets(partitions(name, 1))
                                                    .values()
                                                    .stream()
                                                    .mapToLong(Long::longValue)
                                                    .sum()));
        }
    }

    private static List<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count).mapToObj(n -> new TopicPartition(topic, n)).toList();
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> config =
                new HashMap<>(stack.kafka().access().clientConfig(KafkaAccess.ADMIN));
        config.put("enable.auto.commit", false);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private List<SiteEntry> site() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(stack.settings().sandboxUrl() + "/log")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return Json.mapper().readValue(body, new TypeReference<>() {});
        } catch (IOException e) {
            throw new IllegalStateException("The sandbox site's log cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private Map<UUID, String> shown(List<Ledger.RunOfPerson> runs) {
        Map<UUID, String> shown = new HashMap<>();
        Instant end = Instant.now().plus(PATIENCE);
        runs.forEach(run -> shown.put(run.id(), shown(run, end)));
        return shown;
    }

    /** What was done to Home a moment ago may keep it from answering at once. */
    private String shown(Ledger.RunOfPerson run, Instant end) {
        while (true) {
            try {
                return stack.home(run.user()).run(run.id()).state();
            } catch (Unreachable e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
            }
        }
    }

    private interface Query<T> {
        T ask(Statement statement) throws SQLException, IOException;
    }

    private <T> T database(Query<T> query) {
        try (Connection connection = stack.postgres().access().superuser().connect();
                Statement statement = connection.createStatement()) {
            return query.ask(statement);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("The database cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, Long> left(Statement statement) throws SQLException {
        Map<String, Long> left = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : LEFT_OVER.entrySet()) {
            try (ResultSet rows = statement.executeQuery(each.getValue())) {
                rows.next();
                if (rows.getLong(1) > 0) {
                    left.put(each.getKey(), rows.getLong(1));
                }
            }
        }
        return left;
    }

    private static Tables tables(Statement statement) throws SQLException, IOException {
        return new Tables(
                views(statement),
                texts(
                        statement,
                        "select id, state || coalesce(' ' || outcome, '') from home.challenge"),
                timelines(statement),
                texts(statement, "select request_id, verdict from twofa.submission"),
                held(statement),
                left(statement));
    }

    private static Map<UUID, Tables.View> views(Statement statement)
            throws SQLException, IOException {
        Map<UUID, Tables.View> views = new HashMap<>();
        try (ResultSet rows =
                statement.executeQuery("select id, state, reason, documents, fold from home.run")) {
            while (rows.next()) {
                RunStatus fold = Json.mapper().readValue(rows.getString("fold"), RunStatus.class);
                views.put(
                        rows.getObject("id", UUID.class),
                        new Tables.View(
                                rows.getString("state"),
                                rows.getString("reason"),
                                rows.getInt("documents"),
                                fold));
            }
        }
        return views;
    }

    private static Map<UUID, String> texts(Statement statement, String sql) throws SQLException {
        Map<UUID, String> texts = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.put(rows.getObject(1, UUID.class), rows.getString(2));
            }
        }
        return texts;
    }

    private static Map<UUID, List<UUID>> timelines(Statement statement) throws SQLException {
        Map<UUID, List<UUID>> timelines = new HashMap<>();
        try (ResultSet rows =
                statement.executeQuery(
                        "select run_id, event_id from home.timeline order by run_id, position")) {
            while (rows.next()) {
                timelines
                        .computeIfAbsent(rows.getObject(1, UUID.class), _ -> new ArrayList<>())
                        .add(rows.getObject(2, UUID.class));
            }
        }
        return timelines;
    }

    private static Map<UUID, Tables.Held> held(Statement statement) throws SQLException {
        Map<UUID, Tables.Held> held = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("select * from worker.run")) {
            while (rows.next()) {
                held.put(
                        rows.getObject("run_id", UUID.class),
                        new Tables.Held(
                                rows.getString("state"),
                                rows.getLong("epoch"),
                                rows.getInt("losses"),
                                rows.getBoolean("unsafe_request"),
                                instant(rows, "ends_at"),
                                instant(rows, "ended_at")));
            }
        }
        return held;
    }

    private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
        return Optional.ofNullable(rows.getTimestamp(column))
                .map(Timestamp::toInstant)
                .orElse(null);
    }
}
