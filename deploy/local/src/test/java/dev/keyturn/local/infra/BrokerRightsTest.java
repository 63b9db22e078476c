package dev.keyturn.local.infra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BrokerRightsTest {

    private static final Infrastructure STACK = Infrastructure.forTests();
    private static final byte[] NOTHING = {};

    static Stream<Arguments> everybodyAndEveryTopic() {
        return Stream.of(Principal.values())
                .flatMap(who -> Topics.all().stream().map(topic -> Arguments.of(who, topic)));
    }

    @ParameterizedTest
    @MethodSource("everybodyAndEveryTopic")
    void onlyWhoIsNamedWrites(Principal who, Topic topic) {
        assertAllowed(topic.writers().contains(who), () -> write(who, topic.name()));
    }

    @ParameterizedTest
    @MethodSource("everybodyAndEveryTopic")
    void onlyWhoIsNamedReads(Principal who, Topic topic) {
        assertAllowed(topic.readers().contains(who), () -> read(who, topic.name()));
    }

    @ParameterizedTest
    @MethodSource("everybodyAndEveryTopic")
    void deadLettersAreWrittenByReadersAndReadByNoService(Principal who, Topic topic) {
        assertAllowed(topic.readers().contains(who), () -> write(who, topic.deadLetters()));
        assertAllowed(false, () -> read(who, topic.deadLetters()));
    }

    @ParameterizedTest
    @EnumSource
    void joinsNoGroupButItsOwn(Principal who) throws Exception {
        try (Admin admin = Admin.create(STACK.kafkaConfig(who))) {
            for (Principal other : Principal.values()) {
                var offsets =
                        admin.listConsumerGroupOffsets(other.service())
                                .partitionsToOffsetAndMetadata();
                if (other == who) {
                    offsets.get(20, TimeUnit.SECONDS);
                } else {
                    assertThatThrownBy(() -> offsets.get(20, TimeUnit.SECONDS))
                            .hasCauseInstanceOf(GroupAuthorizationException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noServiceMakesRights(Principal who) {
        try (Admin admin = Admin.create(STACK.kafkaConfig(who))) {
            assertThatThrownBy(
                            () ->
                                    admin.describeAcls(AclBindingFilter.ANY)
                                            .values()
                                            .get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ClusterAuthorizationException.class);
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        Map<String, Object> config = new HashMap<>(STACK.kafkaConfig(Principal.HOME));
        config.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + " username=\"home\" password=\"wrong\";");
        try (Admin admin = Admin.create(config)) {
            assertThatThrownBy(() -> admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void theControllersListenerKnowsNoService() {
        Map<String, Object> config = new HashMap<>(STACK.kafkaConfig(Principal.HOME));
        config.remove("bootstrap.servers");
        config.put("bootstrap.controllers", controller());
        try (Admin admin = Admin.create(config)) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void nobodyGetsInWithoutLogin() {
        Map<String, Object> config = new HashMap<>(STACK.kafkaConfig(Principal.HOME));
        config.put("security.protocol", "PLAINTEXT");
        config.put("request.timeout.ms", "1500");
        config.put("default.api.timeout.ms", "1500");
        try (Admin admin = Admin.create(config)) {
            assertThatThrownBy(() -> admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("everyTopic")
    void topicsAreAsTheContractSays(Topic topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        try (Admin admin = Admin.create(STACK.kafkaAdminConfig())) {
            assertThat(admin.describeTopics(Set.of(topic.name())).allTopicNames().get().values())
                    .singleElement()
                    .satisfies(it -> assertThat(it.partitions()).hasSize(topic.partitions()));
            Map<String, String> settings = new HashMap<>();
            admin.describeConfigs(Set.of(resource))
                    .all()
                    .get()
                    .values()
                    .forEach(c -> c.entries().forEach(e -> settings.put(e.name(), e.value())));
            assertThat(settings).containsAllEntriesOf(topic.config());
        }
    }

    static Stream<Topic> everyTopic() {
        return Topics.all().stream();
    }

    @Test
    void applyingTheCatalogueAgainChangesNothing() throws Exception {
        try (Admin admin = Admin.create(STACK.kafkaAdminConfig())) {
            var before = Set.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get());
            Catalogue.ofContract().applyTo(admin);
            assertThat(Set.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get()))
                    .isEqualTo(before);
        }
    }

    @Test
    void anotherNumberOfPartitionsStopsTheStart() {
        Catalogue other =
                new Catalogue(
                        List.of(
                                new Catalogue.Wanted(
                                        Topics.CATALOG.name(), 7, Map.of(), Set.of(), Set.of())));
        try (Admin admin = Admin.create(STACK.kafkaAdminConfig())) {
            assertThatThrownBy(() -> other.applyTo(admin))
                    .isInstanceOf(StackFailure.class)
                    .hasMessage("Topic connector.catalog.v1 has 1 partitions, expected 7");
        }
    }

    private static String controller() {
        return PrivateFiles.read(STACK.folder().resolve("kafka/server.properties"))
                .lines()
                .filter(line -> line.startsWith("controller.quorum.voters="))
                .map(line -> line.substring(line.indexOf('@') + 1))
                .findFirst()
                .orElseThrow();
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static void assertAllowed(boolean allowed, Attempt attempt) {
        if (allowed) {
            assertThatCode(attempt::run).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(attempt::run)
                    .satisfiesAnyOf(
                            e -> assertThat(e).isInstanceOf(AuthorizationException.class),
                            e ->
                                    assertThat(e)
                                            .hasCauseInstanceOf(TopicAuthorizationException.class),
                            e ->
                                    assertThat(e)
                                            .hasCauseInstanceOf(
                                                    ClusterAuthorizationException.class));
        }
    }

    private static void write(Principal who, String topic) throws Exception {
        Map<String, Object> config = new HashMap<>(STACK.kafkaConfig(who));
        config.put("max.block.ms", "10000");
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes)) {
            producer.send(new ProducerRecord<>(topic, 0, "k".getBytes(UTF_8), NOTHING))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static void read(Principal who, String topic) {
        Map<String, Object> config = new HashMap<>(STACK.kafkaConfig(who));
        config.put("enable.auto.commit", "false");
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes)) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            consumer.position(partition, Duration.ofSeconds(20));
            consumer.poll(Duration.ofMillis(200));
        }
    }
}
