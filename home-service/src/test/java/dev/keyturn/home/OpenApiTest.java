package dev.keyturn.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.wire.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The API's page is generated and stands beside the code; a change of one is seen in the other. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class OpenApiTest {

    private static final Path CHECKED_IN = Path.of("src/main/openapi/openapi.yaml");

    @Test
    void thePageThatIsCheckedInIsTheOneThatIsGenerated() throws Exception {
        String generated = generated("yaml");
        Path actual = Path.of("target/openapi.yaml");
        Files.writeString(actual, generated);

        assertThat(Files.readString(CHECKED_IN))
                .as("copy %s over %s if the change is meant", actual, CHECKED_IN)
                .isEqualTo(generated);
    }

    @Test
    void theTestsWalkOverEveryOperation() throws Exception {
        JsonNode paths = Json.mapper().readTree(generated("json")).path("paths");
        TreeSet<String> described = new TreeSet<>();
        paths.properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .fieldNames()
                                        .forEachRemaining(
                                                method ->
                                                        described.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));
        TreeSet<String> walked =
                Operations.all().stream()
                        .map(o -> o.method() + " " + o.template())
                        .collect(Collectors.toCollection(TreeSet::new));
        walked.add("POST /api/session");
        assertThat(described).isEqualTo(walked);
    }

    private static String generated(String format) throws IOException, InterruptedException {
        String port =
                Client.config("quarkus.management.test-port").equals("0")
                        ? Client.config("test.management.port")
                        : Client.config("quarkus.management.test-port");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + port
                                                            + "/q/openapi?format="
                                                            + format))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
