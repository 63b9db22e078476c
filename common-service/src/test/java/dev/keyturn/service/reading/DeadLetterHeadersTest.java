package dev.keyturn.service.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.wire.Json;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {

    @Test
    void areThoseOfTheContract() throws Exception {
        try (InputStream schema =
                Objects.requireNonNull(
                        DeadLetters.class.getResourceAsStream(
                                "/schemas/headers/DeadLetter.json"))) {
            assertThat(Json.mapper().readTree(schema).get("required"))
                    .extracting(JsonNode::asText)
                    .containsExactly(
                            DeadLetters.REASON,
                            DeadLetters.TOPIC,
                            DeadLetters.PARTITION,
                            DeadLetters.OFFSET);
        }
    }
}
