package dev.keyturn.benchmark;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.benchmark.smallrye.RequestReply;
import dev.keyturn.local.infra.Infrastructure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** SmallRye in its own container, with nothing of Quarkus around it, on a real broker. */
class SmallRyeTest {

    @Test
    void everyRequestHasItsReply() throws InterruptedException, ExecutionException {
        Map<String, Object> admin = Infrastructure.forTests().kafkaAdminConfig();
        createTopics(admin);
        Map<String, String> broker =
                admin.entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, e -> e.getValue().toString()));
        try (SmallRye smallrye = new SmallRye(broker)) {
            for (int i = 0; i < 20; i++) {
                smallrye.begin();
            }
            assertThat(smallrye.took()).hasSize(20).allMatch(Double::isFinite);
        }
    }

    private static void createTopics(Map<String, Object> config)
            throws InterruptedException, ExecutionException {
        List<NewTopic> topics =
                Stream.of(RequestReply.REQUESTS, RequestReply.REPLIES)
                        .map(name -> new NewTopic(name, 1, (short) 1))
                        .toList();
        try (Admin admin = Admin.create(config)) {
            var _ = admin.createTopics(topics).all().get();
        }
    }
}
