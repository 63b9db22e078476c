package dev.keyturn.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The AsyncAPI page, the catalogue of topics and the sealed types say the same. */
class AsyncApiTest {

    private static final JsonNode PAGE = Contract.yaml(Contract.RESOURCES.resolve("asyncapi.yaml"));

    static Stream<Contract.Type> types() {
        return Contract.types();
    }

    static Stream<Topic> topics() {
        return Topics.all().stream();
    }

    @Test
    void channelsAreTheTopicsAndTheirDeadLetters() {
        assertThat(PAGE.get("channels").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all().stream()
                                .flatMap(t -> Stream.of(t.name(), t.deadLetters()))
                                .toList());
        PAGE.get("channels")
                .properties()
                .forEach(
                        c ->
                                assertThat(c.getValue().get("address").asText())
                                        .isEqualTo(c.getKey()));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aChannelHoldsTheRecordsOfItsTopic(Topic topic) {
        assertThat(channel(topic.name()).get("messages").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        Contract.types(topic).map(Contract.Type::name).toList());
        channel(topic.name())
                .get("messages")
                .properties()
                .forEach(
                        m ->
                                assertThat(ref(m.getValue()))
                                        .isEqualTo("#/components/messages/" + m.getKey()));
        assertThat(channel(topic.deadLetters()).get("messages").fieldNames())
                .toIterable()
                .containsExactly("DeadLetter");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aChannelHasTheSettingsOfItsTopic(Topic topic) {
        JsonNode kafka = channel(topic.name()).get("bindings").get("kafka");
        assertThat(kafka.get("topic").asText()).isEqualTo(topic.name());
        assertThat(kafka.get("partitions").asInt()).isEqualTo(topic.partitions());
        Map<String, String> settings = new HashMap<>();
        kafka.get("topicConfiguration")
                .properties()
                .forEach(
                        s ->
                                settings.put(
                                        s.getKey(),
                                        (s.getValue().isArray()
                                                        ? s.getValue().get(0)
                                                        : s.getValue())
                                                .asText()));
        assertThat(settings).isEqualTo(topic.config());
        assertThat(
                        channel(topic.deadLetters())
                                .get("bindings")
                                .get("kafka")
                                .get("partitions")
                                .asInt())
                .isEqualTo(1);
    }

    @Test
    void messagesAreTheRecordsAndTheDeadLetter() {
        assertThat(PAGE.get("components").get("messages").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(
                                        Contract.types().map(Contract.Type::name),
                                        Stream.of("DeadLetter"))
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("types")
    void aMessageHasItsSchemaAndItsHeaders(Contract.Type type) {
        JsonNode message = PAGE.get("components").get("messages").get(type.name());
        assertThat(ref(message.get("payload"))).isEqualTo("schemas/" + type.name() + ".json");
        JsonNode headers = Golden.read(type.golden()).headers();
        String schema = headersSchema(headers);
        assertThat(ref(message.get("headers"))).isEqualTo("schemas/headers/" + schema);
        assertThat(Schemas.faults("headers/" + schema, headers)).isEmpty();
    }

    /** A record with all headers of a request is one; with the correlation id alone, a reply. */
    private static String headersSchema(JsonNode headers) {
        return headers.has("REPLY_TOPIC")
                ? "Request.json"
                : headers.has("REPLY_CORRELATION_ID") ? "Reply.json" : "Message.json";
    }

    @Test
    void headerSchemasAreSchemas() {
        assertThat(Contract.names(Contract.SCHEMAS.resolve("headers")))
                .containsExactly("DeadLetter", "Message", "Reply", "Request")
                .allSatisfy(
                        name ->
                                assertThat(
                                                Schemas.faultsOfSchema(
                                                        Contract.json(
                                                                Contract.SCHEMAS.resolve(
                                                                        "headers/"
                                                                                + name
                                                                                + ".json"))))
                                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void writersAndReadersAreTheCatalogues(Topic topic) {
        assertThat(services("send", topic.name())).isEqualTo(services(topic.writers()));
        assertThat(services("receive", topic.name())).isEqualTo(services(topic.readers()));
        assertThat(services("send", topic.deadLetters())).isEqualTo(services(topic.readers()));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aMessageIsSentByItsWriterAloneAndReadBySomebody(Contract.Type type) {
        assertThat(operations("send", type).map(AsyncApiTest::service))
                .containsExactly(Golden.read(type.golden()).writer().service());
        assertThat(operations("receive", type)).isNotEmpty();
    }

    @Test
    void requestsNameTheReplyTopicAndWhatIsRepliedThere() {
        List<String> asked = new ArrayList<>();
        for (JsonNode operation : PAGE.get("operations")) {
            if (operation.has("reply")) {
                JsonNode reply = operation.get("reply");
                assertThat(ref(reply.get("channel"))).isEqualTo("#/channels/twofa.replies.v1");
                assertThat(reply.get("address").get("location").asText())
                        .isEqualTo("$message.header#/REPLY_TOPIC");
                asked.addAll(messages(operation));
            }
        }
        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(
                        Contract.types()
                                .filter(t -> Golden.read(t.golden()).headers().has("REPLY_TOPIC"))
                                .map(Contract.Type::name)
                                .toList());
    }

    private static JsonNode channel(String name) {
        return PAGE.get("channels").get(name);
    }

    private static String ref(JsonNode node) {
        return node.path("$ref").asText();
    }

    private static Stream<JsonNode> operations(String action, String topic) {
        return PAGE.get("operations")
                .valueStream()
                .filter(o -> o.get("action").asText().equals(action))
                .filter(o -> ref(o.get("channel")).equals("#/channels/" + topic));
    }

    private static Stream<JsonNode> operations(String action, Contract.Type type) {
        return operations(action, type.topic().name())
                .filter(o -> messages(o).contains(type.name()));
    }

    private static List<String> messages(JsonNode operation) {
        return operation
                .get("messages")
                .valueStream()
                .map(m -> ref(m).replaceFirst(".*/messages/", ""))
                .toList();
    }

    private static String service(JsonNode operation) {
        return operation.get("tags").get(0).get("name").asText();
    }

    private static Set<String> services(String action, String topic) {
        return operations(action, topic)
                .map(AsyncApiTest::service)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> services(Set<Principal> principals) {
        Function<Principal, String> service = Principal::service;
        return principals.stream().map(service).collect(Collectors.toCollection(TreeSet::new));
    }
}
