package dev.keyturn.worker.account;

import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Field;
import dev.keyturn.values.CredentialsRefusal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether field values fit what a connector declares. Pure. */
public final class FieldCheck {

    /**
     * What does not fit.
     *
     * @param field at fault; null if it is none that the connector has
     */
    public record Problem(CredentialsRefusal why, @Nullable String field) {}

    private FieldCheck() {}

    /** The first problem, if there is one. */
    public static Optional<Problem> problem(ConnectorInfo connector, Map<String, String> values) {
        Optional<Problem> declared =
                connector.fields().stream()
                        .flatMap(field -> problem(field, values.get(field.name())).stream())
                        .findFirst();
        return declared.or(() -> unknown(connector, values));
    }

    private static Optional<Problem> problem(Field field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return field.required()
                    ? Optional.of(new Problem(CredentialsRefusal.MISSING_FIELD, field.name()))
                    : Optional.empty();
        }
        return field.problem(value)
                .map(_ -> new Problem(CredentialsRefusal.WRONG_FORMAT, field.name()));
    }

    // The name of an unknown field is as untrusted as its value, so it is not passed on.
    private static Optional<Problem> unknown(ConnectorInfo connector, Map<String, String> values) {
        boolean allKnown =
                values.keySet().stream()
                        .allMatch(
                                name ->
                                        connector.fields().stream()
                                                .anyMatch(f -> f.name().equals(name)));
        return allKnown
                ? Optional.empty()
                : Optional.of(new Problem(CredentialsRefusal.UNKNOWN_FIELD, null));
    }
}
