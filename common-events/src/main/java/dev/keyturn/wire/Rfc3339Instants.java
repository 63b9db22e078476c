package dev.keyturn.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;

/**
 * Instants of RFC 3339, whose years have four digits, as the schemas say. A later one could be read
 * and then not be stored, by anybody, ever.
 */
final class Rfc3339Instants extends StdDeserializer<Instant> {

    private static final long serialVersionUID = 1L;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LAST = Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);

    Rfc3339Instants() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        Instant instant = InstantDeserializer.INSTANT.deserialize(parser, context);
        if (instant.isBefore(FIRST) || !instant.isBefore(AFTER_LAST)) {
            throw context.weirdStringException(
                    instant.toString(), Instant.class, "must be of the years 0001 to 9999");
        }
        return instant;
    }
}
