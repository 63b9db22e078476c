package dev.keyturn.simulator.cast;

import dev.keyturn.simulator.world.Log;
import dev.keyturn.simulator.world.SimulatedProcess;
import dev.keyturn.wire.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads one partition of the reply topic, from its end, with nothing kept. */
final class Replies {

    private static final Duration POLL = Duration.ofSeconds(1);

    private Replies() {}

    static void loop(
            SimulatedProcess process,
            int partition,
            long from,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> handler) {
        Log log = process.world().log();
        long next = from;
        while (true) {
            List<ConsumerRecord<String, byte[]>> records =
                    process.hasBroker()
                            ? log.read(Topics.REPLIES.name(), partition, next, 1)
                            : List.of();
            if (records.isEmpty()) {
                long end = next;
                process.until(
                        () ->
                                process.hasBroker()
                                        && log.end(Topics.REPLIES.name(), partition) > end,
                        POLL);
            } else {
                process.lapse(3, 500);
                next++;
                handler.accept(records.getFirst());
            }
        }
    }
}
