package dev.keyturn.chaos.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the rules find. */
final class Findings {

    private final List<Violation> violations = new ArrayList<>();

    void find(String rule, @Nullable UUID run, String found) {
        violations.add(new Violation(rule, run, found));
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }
}
