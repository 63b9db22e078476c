package dev.keyturn.wire;

import static dev.keyturn.wire.Principal.HOME;
import static dev.keyturn.wire.Principal.TWOFA;
import static dev.keyturn.wire.Principal.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue, row by row: partition counts and retentions are promises. */
class TopicsTest {

    record Row(
            Topic topic,
            String name,
            String key,
            int partitions,
            Set<Principal> writers,
            Set<Principal> readers,
            Map<String, String> config) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(
                        Topics.RUNS,
                        "connector.runs.v1",
                        "accountId",
                        24,
                        Set.of(HOME),
                        Set.of(WORKER),
                        deleted(Duration.ofDays(1), Duration.ofHours(1))),
                new Row(
                        Topics.EVENTS,
                        "connector.events.v1",
                        "accountId",
                        24,
                        Set.of(WORKER, TWOFA, HOME),
                        Set.of(HOME),
                        deleted(Duration.ofDays(30), Duration.ofDays(1))),
                new Row(
                        Topics.CHALLENGES,
                        "twofa.commands.v1",
                        "accountId",
                        24,
                        Set.of(WORKER, HOME, TWOFA),
                        Set.of(TWOFA),
                        deleted(Duration.ofDays(1), Duration.ofHours(1))),
                new Row(
                        Topics.REPLIES,
                        "twofa.replies.v1",
                        "challengeId",
                        32,
                        Set.of(TWOFA),
                        Set.of(WORKER, HOME),
                        deleted(Duration.ofHours(1), Duration.ofMinutes(10))),
                new Row(
                        Topics.CATALOG,
                        "connector.catalog.v1",
                        "slug",
                        1,
                        Set.of(WORKER),
                        Set.of(HOME, WORKER),
                        Map.of("cleanup.policy", "compact", "segment.ms", "86400000")));
    }

    private static Map<String, String> deleted(Duration retention, Duration segment) {
        return Map.of(
                "cleanup.policy", "delete",
                "retention.ms", String.valueOf(retention.toMillis()),
                "segment.ms", String.valueOf(segment.toMillis()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aTopicIsWhatTheArchitectureSays(Row row) {
        Topic topic = row.topic();
        assertThat(topic.name()).isEqualTo(row.name());
        assertThat(topic.key()).isEqualTo(row.key());
        assertThat(topic.partitions()).isEqualTo(row.partitions());
        assertThat(topic.writers()).isEqualTo(row.writers());
        assertThat(topic.readers()).isEqualTo(row.readers());
        assertThat(topic.config()).isEqualTo(row.config());
        assertThat(topic.deadLetters()).isEqualTo(row.name() + ".dlq");
    }

    @Test
    void everyTopicHasARow() {
        assertThat(Topics.all()).containsExactlyElementsOf(rows().map(Row::topic).toList());
    }

    @Test
    void noTwoTopicsShareARecord() {
        Set<Class<? extends Message>> seen = new HashSet<>();
        for (Topic topic : Topics.all()) {
            assertThat(MessageTypes.of(topic.families()).values())
                    .isNotEmpty()
                    .allSatisfy(type -> assertThat(type.isRecord()).isTrue())
                    .allSatisfy(type -> assertThat(seen.add(type)).as(type.getName()).isTrue());
        }
    }
}
