package dev.keyturn.home.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A fact of a run. Entries stand in the log's order, which is the order of {@code position}.
 *
 * @param late whether it changed nothing: it came after the run's end, or from a worker that had
 *     lost the run, or asked for a code with a key that the fleet did not sign
 * @param data the fact's own fields, without what is sealed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineEntry(
        long position,
        String type,
        Instant at,
        UUID runId,
        @Nullable Long epoch,
        boolean late,
        @Schema(type = SchemaType.OBJECT) JsonNode data) {}
