package dev.keyturn.worker.execution;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.seal.Binding;
import dev.keyturn.seal.SealException;
import dev.keyturn.seal.SealedKind;
import dev.keyturn.wire.Json;
import dev.keyturn.worker.http.StoredPage;
import dev.keyturn.worker.keys.Keys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.UUID;

/** What steps returned, with the cookies after them: JSON, sealed for the run and the step. */
@ApplicationScoped
public class StepResults {

    private static final int LONGEST_TEXT = 32 * 1024 * 1024;

    private static final ObjectMapper JSON = mapper();

    /** What is inside. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(
            @JsonProperty("result") JsonNode result, @JsonProperty("jar") byte[] jar) {

        @Override
        public String toString() {
            return "Stored[…]";
        }
    }

    /**
     * A result that was found.
     *
     * @param jar the cookies as they were at the end of the step
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found<T>(T result, byte[] jar) {

        @Override
        public String toString() {
            return "Found[…]";
        }
    }

    private final Keys keys;

    StepResults(Keys keys) {
        this.keys = keys;
    }

    /**
     * Seals a result.
     *
     * @throws ConnectorFailure if it cannot be written as JSON, or is too large to be remembered
     */
    String seal(UUID runId, RunContext.Current step, Object result, byte[] jar) {
        byte[] plain = write(step, result, jar);
        String sealed = keys.fleet().seal(SealedKind.STEP, binding(runId, step), plain);
        if (sealed.length() > SealedKind.STEP.maxLength()) {
            throw ConnectorFailure.of(
                    Reason.UNKNOWN_ERROR,
                    "The result of the step " + step.name() + " is too large to be remembered.");
        }
        return sealed;
    }

    /** Opens what {@link #seal} made. */
    <T> Found<T> open(UUID runId, RunContext.Current step, String sealed, Class<T> type) {
        try {
            byte[] plain = keys.fleet().open(SealedKind.STEP, binding(runId, step), sealed);
            Stored stored = JSON.readValue(plain, Stored.class);
            return new Found<>(read(stored.result(), type), stored.jar());
        } catch (SealException | IOException e) {
            throw new IllegalStateException(
                    "step " + step.name() + ": its result must open and be JSON of its type", e);
        }
    }

    private static byte[] write(RunContext.Current step, Object result, byte[] jar) {
        Object plain = result instanceof Page page ? StoredPage.of(page) : result;
        try {
            return JSON.writeValueAsBytes(new Stored(JSON.valueToTree(plain), jar));
        } catch (IOException | IllegalArgumentException e) {
            throw ConnectorFailure.of(
                    Reason.UNKNOWN_ERROR,
                    "The result of the step " + step.name() + " cannot be written as JSON.",
                    e);
        }
    }

    private static <T> T read(JsonNode result, Class<T> type) throws IOException {
        return type == Page.class
                ? type.cast(JSON.treeToValue(result, StoredPage.class).toPage())
                : JSON.treeToValue(result, type);
    }

    private static Binding binding(UUID runId, RunContext.Current step) {
        return Binding.step(runId, step.position() + "/" + step.name());
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper =
                JsonMapper.builder(Json.factory())
                        .addModule(new JavaTimeModule())
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build());
        return mapper;
    }
}
