package dev.keyturn.local.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be signed in to, and what an account there needs. */
public record Connector(
        String slug,
        String name,
        String version,
        List<Field> fields,
        List<String> hosts,
        List<String> factors,
        String unattended,
        boolean sandbox) {

    public Connector {
        fields = fields == null ? List.of() : List.copyOf(fields);
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
        factors = factors == null ? List.of() : List.copyOf(factors);
    }

    public record Field(
            String name,
            String label,
            @Nullable String help,
            String type,
            @Nullable String pattern,
            List<Choice> choices,
            boolean secret,
            boolean required) {

        public Field {
            choices = choices == null ? List.of() : List.copyOf(choices);
        }
    }

    public record Choice(String id, String label) {}

    public Optional<Field> field(String wanted) {
        return fields.stream().filter(f -> f.name().equals(wanted)).findFirst();
    }

    /** The first field that is not secret, after which an account is called. */
    public Optional<Field> naming() {
        return fields.stream().filter(f -> !f.secret()).findFirst();
    }
}
