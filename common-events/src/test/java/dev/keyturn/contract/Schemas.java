package dev.keyturn.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Judges values by the contract's schema files, formats included. */
final class Schemas {

    private static final String BASE = "https://keyturn.dev/schemas/";

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12, b -> b.schemas(Schemas::text));

    private Schemas() {}

    /** What is wrong with a value; {@code schema} is the file's path below the schemas. */
    static List<String> faults(String schema, JsonNode value) {
        return faults(REGISTRY.getSchema(SchemaLocation.of(BASE + schema)), value);
    }

    /** What is wrong with a schema, by the schema of schemas. */
    static List<String> faultsOfSchema(JsonNode schema) {
        String dialect = SpecificationVersion.DRAFT_2020_12.getDialectId();
        return faults(REGISTRY.getSchema(SchemaLocation.of(dialect)), schema);
    }

    private static List<String> faults(Schema schema, JsonNode value) {
        return schema
                .validate(value, c -> c.executionConfig(e -> e.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static String text(String iri) {
        if (!iri.startsWith(BASE)) {
            return null;
        }
        Path file = Contract.SCHEMAS.resolve(iri.substring(BASE.length()));
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
