package dev.keyturn.home;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;

/** What is counted. */
final class Metrics {

    private Metrics() {}

    /** How many pages are open. */
    static double streams() {
        return Arc.container()
                .instance(MeterRegistry.class)
                .get()
                .get("keyturn.home.streams")
                .gauge()
                .value();
    }

    /** The sum of a counter over its tags, by its name as Prometheus has it. */
    static double value(String prometheusName) {
        String name = prometheusName.replaceFirst("_total$", "").replace('_', '.');
        return Arc.container().instance(MeterRegistry.class).get().find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
