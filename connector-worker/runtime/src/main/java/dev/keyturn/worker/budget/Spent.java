package dev.keyturn.worker.budget;

import java.time.Instant;
import java.util.List;

/**
 * What was asked of an account within the last hour, each oldest first.
 *
 * @param prompts when somebody was asked
 * @param wrongCodes when the site refused a code, or may have
 */
public record Spent(List<Instant> prompts, List<Instant> wrongCodes) {

    public Spent {
        prompts = List.copyOf(prompts);
        wrongCodes = List.copyOf(wrongCodes);
    }
}
