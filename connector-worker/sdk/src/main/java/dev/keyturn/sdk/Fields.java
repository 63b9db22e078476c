package dev.keyturn.sdk;

import java.util.Optional;

/** What the person entered for the account. Opened when asked for; prints no values. */
public interface Fields {

    /**
     * The value of a field.
     *
     * @throws ConnectorFailure {@link Reason#LOGIN_FAILED_NEEDS_SECRET}, naming the field, if it is
     *     empty
     */
    default String get(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                ConnectorFailure.of(
                                        Reason.LOGIN_FAILED_NEEDS_SECRET,
                                        "The field " + name + " is empty."));
    }

    /** The value of a field that may be left empty; blank counts as empty. */
    Optional<String> find(String name);
}
