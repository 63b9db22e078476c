package dev.keyturn.worker.budget;

import dev.keyturn.sdk.Budget;
import dev.keyturn.sdk.ConnectorInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How many wrong codes and prompts an account may have in any hour. */
public record Limits(int wrongCodes, int prompts) {

    /** For how long something counts. */
    public static final Duration WINDOW = Duration.ofHours(1);

    /** The operator's setting for a connector that says how many wrong codes. */
    public static final String WRONG_CODES = "wrong-codes-per-hour";

    /** The operator's setting for a connector that says how many prompts. */
    public static final String PROMPTS = "prompts-per-hour";

    /**
     * Those of a connector, unless the operator says otherwise; never more wrong codes than its
     * site tolerates.
     *
     * @throws IllegalArgumentException naming the setting that is no such number
     */
    public static Limits of(ConnectorInfo connector, Map<String, String> settings) {
        Budget budget = connector.budget();
        int wrong = setting(connector, settings, WRONG_CODES, budget.wrongCodes());
        return new Limits(
                Math.min(wrong, connector.wrongCodes()),
                setting(connector, settings, PROMPTS, budget.prompts()));
    }

    private static int setting(
            ConnectorInfo connector, Map<String, String> settings, String key, int declared) {
        String text = settings.getOrDefault(key, Integer.toString(declared)).strip();
        int value = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (value < 1 || value > Budget.MOST) {
            throw new IllegalArgumentException(
                    "keyturn.worker.connector.%s.%s=%s: must be between 1 and %d"
                            .formatted(connector.slug(), key, text, Budget.MOST));
        }
        return value;
    }

    /** Until when nobody is asked anew; empty if somebody may be. */
    public Optional<Instant> spentUntil(Spent spent, Instant now) {
        return Stream.of(
                        frees(spent.wrongCodes(), wrongCodes, now),
                        frees(spent.prompts(), prompts, now))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /**
     * Until when nobody is asked again whose code was refused: that makes no site send a message,
     * so it is no prompt more.
     */
    public Optional<Instant> retrySpentUntil(Spent spent, Instant now) {
        return frees(spent.wrongCodes(), wrongCodes, now);
    }

    private static Optional<Instant> frees(List<Instant> times, int limit, Instant now) {
        List<Instant> counted =
                times.stream().filter(at -> now.isBefore(at.plus(WINDOW))).sorted().toList();
        return counted.size() < limit
                ? Optional.empty()
                : Optional.of(counted.get(counted.size() - limit).plus(WINDOW));
    }
}
