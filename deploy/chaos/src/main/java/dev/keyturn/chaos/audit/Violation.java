package dev.keyturn.chaos.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that must not be.
 *
 * @param rule what must hold
 * @param run whose run it is about; absent if it is about none
 * @param found what was found instead, with the ids to look at
 */
public record Violation(String rule, @Nullable UUID run, String found) {

    @Override
    public String toString() {
        return rule + ": " + found + (run == null ? "" : " runId=" + run);
    }
}
