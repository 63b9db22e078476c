package dev.keyturn.benchmark;

import java.util.List;

/**
 * How a number of times are spread, in milliseconds.
 *
 * @param lost those that never arrived; they count as infinitely late
 */
record Spread(int count, int lost, double median, double p90, double p99, double worst) {

    /** By nearest rank. */
    static Spread of(List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        int lost = (int) sorted.stream().filter(m -> m.isInfinite()).count();
        return new Spread(
                sorted.size(),
                lost,
                rank(sorted, 0.5),
                rank(sorted, 0.9),
                rank(sorted, 0.99),
                rank(sorted, 1));
    }

    private static double rank(List<Double> sorted, double share) {
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
