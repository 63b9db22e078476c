package dev.keyturn.benchmark;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All figures. Times are milliseconds.
 *
 * @param ways how long each way took, by its name
 * @param page from the connector that has the code to the page that is told
 * @param memory null if it was not measured, as the others
 */
record Result(
        String machine,
        double rate,
        Map<String, Spread> ways,
        @Nullable Spread page,
        List<Stages.Stage> stages,
        @Nullable Sustained sustained,
        @Nullable PerRun memory,
        @Nullable Adoption adoption) {

    static final double MEDIAN_AIM = 1.5;
    static final double P99_AIM = 2;
    static final int SUSTAINED_AIM = 1_000;
    static final double KIB_AIM = 20;
    static final double ADOPTION_AIM = 12;

    /**
     * How many a second went through.
     *
     * @param perSecond the highest rate whose 99th percentile was below the limit
     * @param limit that percentile's, in milliseconds
     * @param enough whether a higher rate was tried and was too much
     */
    record Sustained(double perSecond, double limit, boolean enough, List<Step> steps) {}

    /** One rate that was tried. */
    record Step(double rate, double arrived, Spread spread) {}

    /** What a waiting run costs in KiB: the difference of two numbers of waiting runs. */
    record PerRun(int few, int many, double heapKiB, double residentKiB) {}

    /**
     * What became of the runs of a killed worker.
     *
     * @param first seconds from the kill to the first {@code RunAdopted}: the lease had to end
     * @param seconds from the kill to the last {@code RunAdopted}
     */
    record Adoption(int waiting, int adopted, double first, double seconds) {}

    /** How many times the floor's median. */
    double medianRatio() {
        return ratio(Spread::median);
    }

    /** How many times the floor's 99th percentile. */
    double p99Ratio() {
        return ratio(Spread::p99);
    }

    private double ratio(java.util.function.ToDoubleFunction<Spread> of) {
        Spread keyturn = ways.get("keyturn");
        Spread floor = ways.get("floor");
        return keyturn == null || floor == null
                ? Double.NaN
                : of.applyAsDouble(keyturn) / of.applyAsDouble(floor);
    }
}
