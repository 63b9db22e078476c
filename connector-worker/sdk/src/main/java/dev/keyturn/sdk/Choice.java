package dev.keyturn.sdk;

/**
 * Something to choose from.
 *
 * @param id what the connector gets back
 * @param label what the person reads
 */
public record Choice(String id, String label) {
    public Choice {
        Checks.notBlank("choice id", id);
        Checks.notBlank("choice label", label);
    }
}
