package dev.keyturn.benchmark;

import dev.keyturn.benchmark.smallrye.RequestReply;
import jakarta.enterprise.inject.se.SeContainer;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** SmallRye's {@code KafkaRequestReply}, which answers from memory. */
final class SmallRye implements Way, AutoCloseable {

    private static final byte[] VALUE = new byte[1_000];

    private final SeContainer container;
    private final RequestReply ends;
    private final Arrivals arrivals = new Arrivals();

    SmallRye(Map<String, String> broker) {
        this.container = RequestReply.start(broker);
        this.ends = container.select(RequestReply.class).get();
    }

    @Override
    public String name() {
        return "smallrye";
    }

    @Override
    public void begin() {
        String id = UUID.randomUUID().toString();
        arrivals.begin(id);
        // One that fails does not arrive, and is counted so.
        var _ =
                ends.ask(VALUE)
                        .subscribe()
                        .with(_ -> arrivals.arrive(id), e -> System.err.println("smallrye: " + e));
    }

    @Override
    public List<Double> took() {
        return arrivals.took();
    }

    @Override
    public void close() {
        container.close();
    }
}
