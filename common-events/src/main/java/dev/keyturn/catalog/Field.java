package dev.keyturn.catalog;

import dev.keyturn.values.Choice;
import dev.keyturn.values.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of the form by which an account is added.
 *
 * @param name its name in the sealed credentials, {@code [a-z][a-zA-Z0-9]*}
 * @param label what the person reads
 * @param help a hint, absent if none is needed
 * @param type how it is asked for
 * @param pattern a regular expression that the whole value matches, absent for any value
 * @param choices the values of a {@code CHOICE}
 * @param secret whether it is never shown
 * @param required whether it must be given
 */
public record Field(
        String name,
        String label,
        @Nullable String help,
        FieldType type,
        @Nullable String pattern,
        List<Choice> choices,
        boolean secret,
        boolean required) {

    public Field {
        choices = choices == null ? List.of() : List.copyOf(choices);
    }
}
